using ActivityLog.Ingest.Otlp.Attributes;
using ActivityLog.Ingest.Otlp.Mapping;

namespace ActivityLog.Ingest.Otlp.Protobuf;

/// <summary>
/// Goes through a request of logs or traces, whose messages bear the same numbers: request → resource and scopes → scope and records. Each record is mapped as it is
/// read.
/// </summary>
internal sealed class RequestReader(AttributeReader attributes, IRecordReader records)
{
    private const uint Resources = (1 << 3) | ProtobufReader.Sized;
    private const uint Shared = (1 << 3) | ProtobufReader.Sized;
    private const uint Items = (2 << 3) | ProtobufReader.Sized;

    /// <exception cref="OtlpDecodeException">It isn't what it should be.</exception>
    /// <exception cref="OtlpLimitException">It holds more than a request may.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        var request = new ProtobufReader(body);
        while (request.Next())
        {
            if (request.Tag == Resources)
            {
                attributes.Budget.TakeElement();
                ReadResource(request.Message());
            }
            else
            {
                request.Skip();
            }
        }
    }

    // What is shared may stand behind what shares it, and in several pieces: it is looked for first. It is worked out for the first record that shares it.
    private void ReadResource(ProtobufReader resource)
    {
        var found = new Dictionary<AttributeName, AttributeValue>();
        for (var ahead = resource; ahead.Next();)
        {
            if (ahead.Tag == Shared)
            {
                attributes.ReadResource(ahead.Message(), found);
            }
            else
            {
                ahead.Skip();
            }
        }

        ResourceAttributes? shared = null;
        while (resource.Next())
        {
            if (resource.Tag == Items)
            {
                attributes.Budget.TakeElement();
                ReadScope(resource.Message(), found, ref shared);
            }
            else
            {
                resource.Skip();
            }
        }
    }

    private void ReadScope(ProtobufReader scope, Dictionary<AttributeName, AttributeValue> ofResource, ref ResourceAttributes? resource)
    {
        var found = new ScopeAttributes();
        for (var ahead = scope; ahead.Next();)
        {
            if (ahead.Tag == Shared)
            {
                attributes.ReadScope(ahead.Message(), found);
            }
            else
            {
                ahead.Skip();
            }
        }

        SharedAttributes? shared = null;
        while (scope.Next())
        {
            if (scope.Tag == Items)
            {
                attributes.Budget.TakeRecord();
                resource ??= new(ofResource);
                shared ??= new(resource, found);
                records.Read(scope.Message(), shared);
            }
            else
            {
                scope.Skip();
            }
        }
    }
}
