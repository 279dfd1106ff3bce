using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Where the receiver listens besides the web addresses, and how much it takes.</summary>
public sealed class OtlpOptions : IValidatableObject
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "ActivityLog:Otlp";

    /// <summary>Port of the gRPC receiver, on the hosts of the web addresses; 0 turns it off.</summary>
    [Range(0, 65535)]
    public int GrpcPort { get; set; } = 4317;

    /// <summary>Largest request, in bytes, before and after decompression.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Memory for all bodies that are being read, in bytes; past it senders are told to try again.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBufferedBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Most log records, spans or data points of one request.</summary>
    [Range(1, 10_000_000)]
    public int MaxRequestRecords { get; set; } = 250_000;

    /// <summary>Most records, attributes and values of one request, taken together.</summary>
    [Range(1000, int.MaxValue)]
    public int MaxRequestElements { get; set; } = 5_000_000;

    /// <summary>
    /// Most characters of what the records of one request share: the attributes of resource, scope and session, once for each combination that differs.
    /// </summary>
    [Range(1024 * 1024, int.MaxValue)]
    public int MaxRequestSharedCharacters { get; set; } = 32 * 1024 * 1024;

    /// <summary>Longest attribute value that is kept whole, in characters.</summary>
    [Range(256, int.MaxValue)]
    public int MaxAttributeCharacters { get; set; } = 1024 * 1024;

    /// <summary>Rows that may wait to be stored; past it senders are told to try again.</summary>
    [Range(1, int.MaxValue)]
    public int MaxQueuedRows { get; set; } = 100_000;

    /// <summary>Bytes of requests whose rows wait to be stored; past it senders are told to try again.</summary>
    [Range(1, long.MaxValue)]
    public long MaxQueuedBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Rows that are stored in one transaction, unless a single request has more.</summary>
    [Range(1, int.MaxValue)]
    public int MaxCommitRows { get; set; } = 5_000;

    /// <summary>Longest that a request waits to be stored, in seconds, before its sender is told to try again.</summary>
    [Range(1, 60)]
    public int MaxWaitSeconds { get; set; } = 5;

    /// <summary>Seconds in the <c>Retry-After</c> of a 503.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A compressed body, what it inflates to, and the buffer that grows: less would refuse every request of the largest size for ever.
        if (MaxBufferedBytes < 3L * MaxRequestBytes)
        {
            yield return new ValidationResult(
                $"{nameof(MaxBufferedBytes)} must be at least three times {nameof(MaxRequestBytes)}.", [nameof(MaxBufferedBytes)]);
        }
    }
}
