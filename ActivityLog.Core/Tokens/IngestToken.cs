namespace ActivityLog.Core.Tokens;

/// <summary>The <c>al_…</c> secret with which a System's exporters write; kept as a hash only. In the API and on screen a Token.</summary>
public sealed class IngestToken
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Small number that stands for it in the large tables; given by the database.</summary>
    public int Key { get; set; }

    /// <summary>Its id outside.</summary>
    public Guid Id { get; set; }

    /// <summary>Number of the System it writes to.</summary>
    public int SystemKey { get; set; }

    /// <summary>Name, such as <c>laptops</c>.</summary>
    public required string Name { get; set; }

    /// <summary>The first characters of the secret, to tell tokens apart.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the secret. The secret has 238 random bits, so that a fast hash is enough.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Days that what comes with it is kept: one of <see cref="RetentionPeriod.Choices"/>, -1 for ever.</summary>
    public int RetentionDays { get; set; }

    /// <summary>Records a second that may come with it; 0 for no limit, null for the configured one.</summary>
    public int? RecordsPerSecond { get; set; }

    /// <summary>Bytes of requests, decompressed, that may come with it on a UTC day; 0 for no limit, null for the configured one.</summary>
    public long? BytesPerDay { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>Who made it: the name shown, or null when it was made by configuration.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>From when on it is refused, UTC; null for never.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>When it was revoked, UTC.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <summary>Messages it brought (rows, not records).</summary>
    public long MessageCount { get; set; }

    /// <summary>Log records it brought, each counted once a request, repeats included.</summary>
    public long LogRecordCount { get; set; }

    /// <summary>Spans it brought, likewise.</summary>
    public long SpanCount { get; set; }

    /// <summary>Metric points it brought, likewise.</summary>
    public long MetricPointCount { get; set; }

    /// <summary>When log records last came, UTC.</summary>
    public DateTime? LastLogRecordAt { get; set; }

    /// <summary>When spans last came, UTC.</summary>
    public DateTime? LastSpanAt { get; set; }

    /// <summary>When metric points last came, UTC.</summary>
    public DateTime? LastMetricPointAt { get; set; }

    /// <summary>When anything was last stored with it, UTC.</summary>
    public DateTime? LastUsedAt { get; set; }
}
