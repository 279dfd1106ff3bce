using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Web.Shared;

namespace ActivityLog.Web.Tokens;

/// <summary>How much may come with a token, as text.</summary>
internal static class TokenLimitText
{
    /// <summary>Its own limits, else the configured ones: <c>100/s, 512.0 MiB a day</c>; null where there are none.</summary>
    public static string? Of(IngestToken token, TokenLimitOptions configured)
    {
        var records = token.RecordsPerSecond ?? configured.RecordsPerSecond;
        var bytes = token.BytesPerDay ?? configured.BytesPerDay;
        return (records, bytes) switch
        {
            (0, 0) => null,
            (_, 0) => $"{Format.Count(records)}/s",
            (0, _) => $"{Format.Bytes(bytes)} a day",
            _ => $"{Format.Count(records)}/s, {Format.Bytes(bytes)} a day",
        };
    }
}
