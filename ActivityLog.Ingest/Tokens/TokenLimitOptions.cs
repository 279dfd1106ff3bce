using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Ingest.Tokens;

/// <summary>How much may come with a token that says nothing else.</summary>
public sealed class TokenLimitOptions
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "ActivityLog:Limits";

    /// <summary>Log records, spans and data points a second, on each node; 0 for no limit. Ten seconds' worth may come at once.</summary>
    [Range(0, int.MaxValue)]
    public int RecordsPerSecond { get; set; }

    /// <summary>Bytes of requests, decompressed, a UTC day; 0 for no limit.</summary>
    [Range(0, long.MaxValue)]
    public long BytesPerDay { get; set; }
}
