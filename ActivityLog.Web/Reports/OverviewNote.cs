using ActivityLog.Core.Reports;
using ActivityLog.Web.Sessions;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Web.Reports;

/// <summary>Something of the range that someone should look at.</summary>
/// <param name="Icon">Its icon.</param>
/// <param name="Class"><c>bad</c> or <c>warn</c>; null for what is merely worth knowing.</param>
/// <param name="Text">What it is.</param>
/// <param name="Link">What the link to it says.</param>
/// <param name="Href">Where it is.</param>
public sealed record OverviewNote(string Icon, string? Class, string Text, string Link, string Href)
{
    private const double Much = 1.25;
    private const double LargePart = 0.05;

    /// <summary>What there is, the worst first.</summary>
    /// <param name="overview">The overview.</param>
    /// <param name="refused">Requests that were refused in the last day.</param>
    /// <param name="behind">Where the rows behind are.</param>
    /// <param name="tokensHref">Where tokens are by the day.</param>
    public static IReadOnlyList<OverviewNote> Of(Overview overview, long refused, Behind behind, string tokensHref)
    {
        List<OverviewNote> notes = [];
        if (refused > 0)
        {
            notes.Add(new("circle-alert", "bad", $"{Format.Count(refused)} requests were refused in the last day.", "See senders", "/senders"));
        }

        if (overview.Errors is { Value: > 0 and var errors, Previous: { } before } && errors > before * Much)
        {
            notes.Add(new("triangle-alert", "warn", before == 0
                ? $"{Format.Count((long)errors)} calls failed; none in the period before."
                : $"{Format.Count((long)errors)} calls failed, {Format.Change(errors, before)} from {Format.Count((long)before)}.", "See them", behind.Messages(Behind.Failures)));
        }

        if (overview.CacheHitRate is { Value: { } rate, Previous: { } was } && rate < was - LargePart)
        {
            notes.Add(new("database-zap", "warn", $"Less was read from caches: {Format.Rate(rate)} after {Format.Rate(was)}.", "By day", tokensHref));
        }

        if (overview.TopSessions is [{ Name: { } id } dearest, ..] && dearest.CostNanodollars > overview.Spend.Value * LargePart)
        {
            notes.Add(new("chart-gantt", null, $"One session{(dearest.UserName is null ? "" : $" of {PersonName.Show(dearest.UserName)}")} made {Format.Share(dearest.CostNanodollars, overview.Spend.Value)} of the spend: {Format.Money(dearest.CostNanodollars)}.", "Open it", SessionAddress.Of(id, dearest.SystemId, behind.Zone)));
        }

        return notes;
    }
}
