namespace ActivityLog.Core.Tokens;

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
    int? SystemKey, int? TokenKey, string? Token, string Source, int StatusCode, string Reason, long Count, DateTime FirstAt, DateTime LastAt)
{
    /// <summary>The same with more of the same.</summary>
    public Refusal With(Refusal more) => this with
    {
        Count = Count + more.Count,
        FirstAt = FirstAt < more.FirstAt ? FirstAt : more.FirstAt,
        LastAt = LastAt > more.LastAt ? LastAt : more.LastAt,
    };

    /// <summary>Those that are of one kind put together, the newest first.</summary>
    public static IReadOnlyList<Refusal> Sum(IEnumerable<Refusal> refusals) =>
    [
        .. refusals.GroupBy(static refusal => (refusal.TokenKey, refusal.Token, refusal.Source, refusal.StatusCode, refusal.Reason))
            .Select(static group => group.Aggregate(static (sum, refusal) => sum.With(refusal)))
            .OrderByDescending(static refusal => refusal.LastAt),
    ];
}
