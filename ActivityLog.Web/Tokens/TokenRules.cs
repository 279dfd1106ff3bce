using ActivityLog.Core.Tokens;
using ActivityLog.Web.Api;

namespace ActivityLog.Web.Tokens;

/// <summary>What a token's fields must be, for the page and for the API alike.</summary>
internal static class TokenRules
{
    private const string NotBelowZero = "This must be 0, for no limit, or more.";

    /// <summary>Adds what is wrong with a new token.</summary>
    public static void Check(string? name, int? retentionDays, DateTime? expiresAt, TokenLimits limits, DateTime now, FieldErrors errors)
    {
        errors.Require(name, "name");
        errors.Limit(name, IngestToken.MaxNameLength, "name");
        errors.RefuseControls(name, "name");
        if (retentionDays is null || !RetentionPeriod.Choices.Contains(retentionDays.Value))
        {
            errors.Add("retentionDays", $"This must be one of {string.Join(", ", RetentionPeriod.Choices)} (-1 for ever).");
        }

        if (expiresAt <= now)
        {
            errors.Add("expiresAt", "This must be in the future.");
        }

        Check(limits, errors);
    }

    /// <summary>Adds what is wrong with limits.</summary>
    public static void Check(TokenLimits limits, FieldErrors errors)
    {
        if (limits.RecordsPerSecond < 0)
        {
            errors.Add("recordsPerSecond", NotBelowZero);
        }

        if (limits.BytesPerDay < 0)
        {
            errors.Add("bytesPerDay", NotBelowZero);
        }
    }
}
