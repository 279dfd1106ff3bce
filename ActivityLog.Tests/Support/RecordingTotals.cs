using System.Text.Json.Serialization;

namespace ActivityLog.Tests.Support;

/// <summary>The expected sums of a recording. Keys of <see cref="ToolResults"/> are tools as events name them (<c>mcp_tool</c> for any MCP tool).</summary>
public sealed record RecordingTotals(
    IReadOnlyDictionary<string, int> Requests,
    IReadOnlyDictionary<string, int> Records,
    IReadOnlyDictionary<string, int> Events,
    IReadOnlyDictionary<string, int> Spans,
    IReadOnlyDictionary<string, int> MetricPoints,
    int Sessions,
    int SessionsWithPrompts,
    int Prompts,
    IReadOnlyDictionary<string, int> ToolResults,
    IReadOnlyDictionary<string, UsageTotals> Users,
    IReadOnlyDictionary<string, UsageTotals> Models)
{
    /// <summary>All users together. Cost is the exact sum in nanodollars, rounded once: the users' rounded costs may differ from it by one each.</summary>
    [JsonIgnore]
    public UsageTotals Usage => Users.Values.Aggregate(new UsageTotals(0, 0, 0, 0, 0, 0, 0), static (sum, user) => sum + user);
}
