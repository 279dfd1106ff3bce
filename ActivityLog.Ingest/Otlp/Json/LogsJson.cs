using System.Text.Json;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace ActivityLog.Ingest.Otlp.Json;

/// <summary>Reads logs.</summary>
internal static class LogsJson
{
    public static void ReadRequest(ref Utf8JsonReader reader, ExportLogsServiceRequest request)
    {
        if (reader.ValueTextEquals("resourceLogs"u8))
        {
            JsonValues.List<ResourceLogs>(ref reader, request.ResourceLogs, ReadResourceLogs);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadResourceLogs(ref Utf8JsonReader reader, ResourceLogs resource)
    {
        if (reader.ValueTextEquals("resource"u8))
        {
            resource.Resource = JsonValues.Member<Resource>(ref reader, CommonJson.ReadResource);
        }
        else if (reader.ValueTextEquals("scopeLogs"u8))
        {
            JsonValues.List<ScopeLogs>(ref reader, resource.ScopeLogs, ReadScopeLogs);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadScopeLogs(ref Utf8JsonReader reader, ScopeLogs scope)
    {
        if (reader.ValueTextEquals("scope"u8))
        {
            scope.Scope = JsonValues.Member<InstrumentationScope>(ref reader, CommonJson.ReadScope);
        }
        else if (reader.ValueTextEquals("logRecords"u8))
        {
            JsonValues.List<LogRecord>(ref reader, scope.LogRecords, ReadLogRecord);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadLogRecord(ref Utf8JsonReader reader, LogRecord log)
    {
        if (reader.ValueTextEquals("timeUnixNano"u8))
        {
            log.TimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("observedTimeUnixNano"u8))
        {
            log.ObservedTimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("body"u8))
        {
            log.Body = JsonValues.Member<AnyValue>(ref reader, CommonJson.ReadValue);
        }
        else if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, log.Attributes, CommonJson.ReadKeyValue);
        }
        else if (reader.ValueTextEquals("traceId"u8))
        {
            log.TraceId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("spanId"u8))
        {
            log.SpanId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("severityNumber"u8))
        {
            log.SeverityNumber = JsonValues.Severity(ref reader);
        }
        else if (reader.ValueTextEquals("severityText"u8))
        {
            log.SeverityText = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("eventName"u8))
        {
            log.EventName = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("flags"u8))
        {
            log.Flags = JsonValues.UInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedAttributesCount"u8))
        {
            log.DroppedAttributesCount = JsonValues.UInt32(ref reader);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }
}
