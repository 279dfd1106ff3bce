using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>The parameters that only some reports have.</summary>
public static class ReportParameters
{
    /// <summary>The attribute that <c>cost-by-metadata</c> tells cost apart by.</summary>
    public static ReportParameter Key { get; } = new(
        "key", "An attribute by its own name, such as team.id.", null, "the name of an attribute, without quotes and control characters, 256 characters at most",
        static text => FieldTable.IsMetadataKey(text));

    /// <summary>The one session that <c>is-it-right</c> looks at.</summary>
    public static ReportParameter Session { get; } = new(
        "sessionId", "The sender's id of a session: of that one alone.", "", "text of 1,000 characters at most", static text => text.Length <= 1000 && !text.Contains('\0', StringComparison.Ordinal));

    /// <summary>All of them, for the API's description.</summary>
    public static IReadOnlyList<ReportParameter> All { get; } = [Key, Session];
}
