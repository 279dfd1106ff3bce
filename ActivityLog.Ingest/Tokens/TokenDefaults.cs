namespace ActivityLog.Ingest.Tokens;

/// <summary>Names of how senders are told apart.</summary>
public static class TokenDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "IngestToken";

    /// <summary>The policy of all routes that senders write to.</summary>
    public const string Policy = "IngestToken";
}
