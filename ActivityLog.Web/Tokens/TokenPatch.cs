using System.Text.Json.Serialization;
using ActivityLog.Core.Tokens;

namespace ActivityLog.Web.Tokens;

/// <summary>What to change of a token; what is left out stays. A limit of null is the configured one.</summary>
internal sealed class TokenPatch
{
    /// <summary>Log records, spans and data points a second that may come with it; 0 for no limit, null for the configured limit.</summary>
    public int? RecordsPerSecond
    {
        get;
        set
        {
            field = value;
            HasRecordsPerSecond = true;
        }
    }

    /// <summary>Bytes of requests, decompressed, that may come with it on a UTC day; 0 for no limit, null for the configured limit.</summary>
    public long? BytesPerDay
    {
        get;
        set
        {
            field = value;
            HasBytesPerDay = true;
        }
    }

    /// <summary>Whether a rate was sent, be it null.</summary>
    [JsonIgnore]
    public bool HasRecordsPerSecond { get; private set; }

    /// <summary>Whether an amount was sent, be it null.</summary>
    [JsonIgnore]
    public bool HasBytesPerDay { get; private set; }

    /// <summary>The token's limits with this change.</summary>
    public TokenLimits ToLimits(IngestToken token) =>
        new(HasRecordsPerSecond ? RecordsPerSecond : token.RecordsPerSecond, HasBytesPerDay ? BytesPerDay : token.BytesPerDay);
}
