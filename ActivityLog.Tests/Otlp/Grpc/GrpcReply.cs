using Google.Rpc;

namespace ActivityLog.Tests.Otlp.Grpc;

/// <summary>How a gRPC call ended.</summary>
/// <param name="HttpStatus">The HTTP status; 200 for every answer in gRPC.</param>
/// <param name="Code">The gRPC status; null where there is none.</param>
/// <param name="Text">The status's message, decoded.</param>
/// <param name="Details">What <c>grpc-status-details-bin</c> holds; null without it.</param>
/// <param name="Message">The answer, without its frame; null for an end without one.</param>
internal sealed record GrpcReply(int HttpStatus, int? Code, string Text, Status? Details, byte[]? Message)
{
    /// <summary>After which time to try again; null where nothing is said of it.</summary>
    public TimeSpan? RetryDelay =>
        Details?.Details.SingleOrDefault(static detail => detail.Is(RetryInfo.Descriptor))?.Unpack<RetryInfo>().RetryDelay.ToTimeSpan();
}
