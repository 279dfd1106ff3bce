using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Logs.V1;

namespace ActivityLog.Bench;

/// <summary>
/// An export request of real <c>api_request</c> events of one person. Before each sending its ids and times are written over in place, so that
/// every record is one that was never seen and the load costs next to no CPU. Not for several threads.
/// </summary>
internal sealed class ApiRequestBody
{
    // Of the lengths that Claude Code's ids have, in bytes that occur nowhere else in the body.
    private static readonly byte[] s_requestId = Encoding.ASCII.GetBytes(new string('\x01', 24));
    private static readonly byte[] s_sessionId = Encoding.ASCII.GetBytes(new string('\x02', 36));
    private static readonly byte[] s_time = [3, 3, 3, 3, 3, 3, 3, 3];

    private readonly byte[] _bytes;
    private readonly int[] _requestIds;
    private readonly int[] _sessionIds;
    private readonly int[] _times;
    private readonly TimeProvider _clock;

    private ApiRequestBody(byte[] bytes, TimeProvider clock)
    {
        _bytes = bytes;
        _clock = clock;
        _requestIds = Find(s_requestId);
        _sessionIds = Find(s_sessionId);
        _times = Find(s_time);
    }

    public static ApiRequestBody Load(string samples, int person, int records, TimeProvider clock)
    {
        // One request of the samples holds one resource: that of one person.
        var people = Directory.GetFiles(samples, "*-logs.bin").Order(StringComparer.Ordinal)
            .SelectMany(static file => ExportLogsServiceRequest.Parser.ParseFrom(File.ReadAllBytes(file)).ResourceLogs)
            .GroupBy(static logs => logs.Resource)
            .Select(static logs => (Resource: logs.Key, logs.First().ScopeLogs[0].Scope, Events: logs
                .SelectMany(static one => one.ScopeLogs).SelectMany(static scope => scope.LogRecords).Where(IsApiRequest).ToList()))
            .Where(static one => one.Events.Count > 0)
            .ToList();
        var (resource, scope, events) = people[person % people.Count];

        var logs = new ScopeLogs { Scope = scope };
        for (var index = 0; index < records; index++)
        {
            logs.LogRecords.Add(WithPlaceholders(events[index % events.Count]));
        }

        var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = resource, ScopeLogs = { logs } } } };
        return new(request.ToByteArray(), clock);
    }

    /// <summary>The body with new ids and the time of now: one session, a request id a record. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        foreach (var offset in _requestIds)
        {
            WriteHex(_bytes.AsSpan(offset, s_requestId.Length));
        }

        Span<byte> session = stackalloc byte[s_sessionId.Length];
        Guid.NewGuid().TryFormat(session, out _);
        foreach (var offset in _sessionIds)
        {
            session.CopyTo(_bytes.AsSpan(offset));
        }

        var microseconds = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var offset in _times)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(offset), (ulong)microseconds * 1000);
        }

        return _bytes;
    }

    private static bool IsApiRequest(LogRecord record) => record.Body?.StringValue == "claude_code.api_request";

    private static LogRecord WithPlaceholders(LogRecord record)
    {
        record = record.Clone();
        record.TimeUnixNano = record.ObservedTimeUnixNano = BitConverter.ToUInt64(s_time);
        foreach (var attribute in record.Attributes)
        {
            if (attribute.Key == "request_id")
            {
                attribute.Value.StringValue = "req_" + Encoding.ASCII.GetString(s_requestId);
            }
            else if (attribute.Key == "session.id")
            {
                attribute.Value.StringValue = Encoding.ASCII.GetString(s_sessionId);
            }
        }

        return record;
    }

    private static void WriteHex(Span<byte> digits)
    {
        Span<byte> random = stackalloc byte[digits.Length / 2];
        Random.Shared.NextBytes(random);
        Convert.TryToHexStringLower(random, digits, out _);
    }

    private int[] Find(byte[] placeholder)
    {
        var offsets = new List<int>();
        for (var from = 0; _bytes.AsSpan(from).IndexOf(placeholder) is >= 0 and var found; from += placeholder.Length)
        {
            from += found;
            offsets.Add(from);
        }

        return [.. offsets];
    }
}
