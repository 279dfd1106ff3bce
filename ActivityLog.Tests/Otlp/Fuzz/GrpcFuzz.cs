using ActivityLog.Tests.Otlp.Grpc;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Sends calls of a seed as OTLP/gRPC.</summary>
internal sealed class GrpcFuzz(GrpcClient client, GrpcFuzzCases cases)
{
    // OK, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED: what a sender can be told of what it sent. UNKNOWN, INTERNAL and UNAVAILABLE would say that something here failed.
    private static readonly int[] s_allowed = [0, 3, 8, 12];

    public async Task<FuzzAnswer> SendAsync(int number)
    {
        var one = cases.Create(number);
        var reply = await client.SendAsync(one.Path, one.Content, one.ContentType, one.Metadata);
        var isAllowed = one.IsSound ? reply.Code == 0
            : reply.Code is { } code ? reply.HttpStatus == 200 && s_allowed.Contains(code)
            : reply.HttpStatus == 415;
        return new(reply.Code ?? reply.HttpStatus, isAllowed, one.IsSound ? one.Signal : null, reply.Text);
    }
}
