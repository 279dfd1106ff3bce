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

    // What is shared may stand behind what shares it, and in several pieces: it is looked for first.
    private void ReadResource(ProtobufReader resource)
    {
        var shared = new ResourceAndScope();
        for (var ahead = resource; ahead.Next();)
        {
            if (ahead.Tag == Shared)
            {
                attributes.ReadResource(ahead.Message(), shared);
            }
            else
            {
                ahead.Skip();
            }
        }

        while (resource.Next())
        {
            if (resource.Tag == Items)
            {
                attributes.Budget.TakeElement();
                ReadScope(resource.Message(), new ResourceAndScope { Resource = shared.Resource });
            }
            else
            {
                resource.Skip();
            }
        }
    }

    private void ReadScope(ProtobufReader scope, ResourceAndScope found)
    {
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

        var shared = new SharedAttributes(found);
        while (scope.Next())
        {
            if (scope.Tag == Items)
            {
                attributes.Budget.TakeRecord();
                records.Read(scope.Message(), shared);
            }
            else
            {
                scope.Skip();
            }
        }
    }
}
