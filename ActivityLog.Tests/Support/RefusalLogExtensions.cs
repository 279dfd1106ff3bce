using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Tokens;

namespace ActivityLog.Tests;

/// <summary>What tests ask of refusals that aren't stored yet.</summary>
internal static class RefusalLogExtensions
{
    public static IReadOnlyList<Refusal> ListOfSystem(this RefusalLog log, int systemKey) => [.. log.List().Where(refusal => refusal.SystemKey == systemKey)];

    public static IReadOnlyList<Refusal> ListOfToken(this RefusalLog log, int tokenKey) => [.. log.List().Where(refusal => refusal.TokenKey == tokenKey)];
}
