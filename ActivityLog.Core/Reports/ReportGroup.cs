using System.Text.Json.Serialization;

namespace ActivityLog.Core.Reports;

/// <summary>What a report is about: the menu's groups, in their order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportGroup>))]
public enum ReportGroup
{
    /// <summary>Money.</summary>
    [JsonStringEnumMemberName("cost")] Cost,

    /// <summary>Tokens and what caching does.</summary>
    [JsonStringEnumMemberName("tokens")] Tokens,

    /// <summary>Sessions, prompts and people.</summary>
    [JsonStringEnumMemberName("activity")] Activity,

    /// <summary>The agents' tools.</summary>
    [JsonStringEnumMemberName("tools")] Tools,

    /// <summary>The models' API: errors and how long it takes.</summary>
    [JsonStringEnumMemberName("api")] Api,

    /// <summary>What became of it: lines, commits, pull requests.</summary>
    [JsonStringEnumMemberName("code")] Code,
}
