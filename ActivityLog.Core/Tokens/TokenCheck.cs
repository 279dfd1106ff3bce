namespace ActivityLog.Core.Tokens;

/// <summary>Whether a secret may write.</summary>
/// <param name="Sender">Who it belongs to, when it may.</param>
/// <param name="Refusal">Why not, when it may not, in English and for the sender: "this token was revoked on 2026-11-17".</param>
/// <param name="Token">The token, where the secret is one that was ever made.</param>
public sealed record TokenCheck(SendingSystem? Sender, string? Refusal, IngestToken? Token);
