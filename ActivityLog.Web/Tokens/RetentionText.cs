using ActivityLog.Core.Tokens;

namespace ActivityLog.Web.Tokens;

/// <summary>How a retention is called.</summary>
internal static class RetentionText
{
    /// <summary><c>90 days</c>, <c>5 years</c>, <c>for ever</c>.</summary>
    public static string Of(int days) => days switch
    {
        RetentionPeriod.Forever => "for ever",
        365 => "1 year",
        _ when days % 365 == 0 => $"{days / 365} years",
        _ => $"{days} days",
    };
}
