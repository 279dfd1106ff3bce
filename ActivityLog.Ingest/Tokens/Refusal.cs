namespace ActivityLog.Ingest.Tokens;

/// <summary>Requests, or records of them, that were refused for one reason: a sender that fails is never silent.</summary>
/// <param name="SystemKey">The System they were for; null where the token is unknown.</param>
/// <param name="TokenKey">The token they came with; null where it is unknown.</param>
/// <param name="Token">The token's first characters, or how an unknown one begins; null for none at all.</param>
/// <param name="Source">The address they came from.</param>
/// <param name="StatusCode">The HTTP status that was answered; 200 for records that were refused while their neighbours were stored.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstAt">When the first of them came, UTC.</param>
/// <param name="LastAt">When the last of them came, UTC.</param>
public sealed record Refusal(
    int? SystemKey, int? TokenKey, string? Token, string Source, int StatusCode, string Reason, long Count, DateTime FirstAt, DateTime LastAt);
