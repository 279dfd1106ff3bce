using ActivityLog.Core.Summaries;

namespace ActivityLog.Web.Settings;

/// <summary>What summaries hold.</summary>
/// <param name="PinnedKeys">The pinned metadata keys.</param>
/// <param name="ReadyKeys">Those of them that summaries answer by; for the others messages are still read themselves.</param>
/// <param name="IsBuilt">Whether summaries hold all that is stored; while they don't, messages are read themselves.</param>
/// <param name="DaysOf">IANA name of the zone whose days are summed up; null while they are being summed up for another one.</param>
/// <param name="Progress">How far the building has come, from 0 to 1.</param>
internal sealed record SummariesView(IReadOnlyList<string> PinnedKeys, IReadOnlyList<string> ReadyKeys, bool IsBuilt, string? DaysOf, double Progress)
{
    public static SummariesView Of(SummaryState state) => new(state.PinnedKeys, state.ReadyKeys, state.IsBuilt, state.Days?.Id, state.Progress);
}
