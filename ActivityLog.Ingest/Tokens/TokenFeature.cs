using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Ingest.Tokens;

/// <summary>What is known of who sends a request, kept with the request.</summary>
/// <param name="Sender">Who it is; null when the request is refused.</param>
/// <param name="Token">The token, where the secret is one that was ever made.</param>
/// <param name="Shown">What may be shown of the secret; null for none.</param>
/// <param name="Refusal">Why the request is refused, in English and for the sender; null when it isn't.</param>
/// <param name="IsUnavailable">True when nobody can tell now whether the token is good.</param>
internal sealed record TokenFeature(SendingSystem? Sender, IngestToken? Token, string? Shown, string? Refusal, bool IsUnavailable = false)
{
    /// <summary>When the request came, as a timestamp of the clock.</summary>
    public long StartedAt { get; init; }

    /// <summary>The answer to a request that is refused.</summary>
    public OtlpRefusal Answer => IsUnavailable ? OtlpRefusal.TryAgain("the token can't be checked now") : Unauthenticated(Refusal ?? "no token");

    public int? SystemKey => Sender?.SystemKey ?? Token?.SystemKey;

    public int? TokenKey => Sender?.TokenKey ?? Token?.Key;

    private static OtlpRefusal Unauthenticated(string refusal) => new(401, refusal,
        $"{char.ToUpperInvariant(refusal[0])}{refusal[1..]}. Make a token on the System's page and send it as 'Authorization: Bearer al_…'.");
}
