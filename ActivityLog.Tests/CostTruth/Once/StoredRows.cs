using System.Text.Json;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>
/// All that is kept of what a System's senders told, as text, in an order of its own: the same for two Systems that were told the same. Left out is what says
/// how it came: its keys, which are of one System only, its token, and when.
/// </summary>
internal static class StoredRows
{
    public static async Task<List<string>> ReadAsync(IServiceProvider services, Guid systemId)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var system = await context.Systems.Where(s => s.Id == systemId).Select(static s => s.Key).SingleAsync();
        var shared = await context.AttributeSets.AsNoTracking().Where(s => s.SystemKey == system).ToDictionaryAsync(static s => s.SetKey, static s => s.Attributes);
        var messages = await context.Messages.AsNoTracking().Where(m => m.SystemKey == system).ToListAsync();
        var points = await context.MetricPoints.AsNoTracking().Where(p => p.SystemKey == system)
            .Join(context.MetricSeries, static p => p.SeriesKey, static s => s.SeriesKey, static (p, s) => new { Point = p, Series = s })
            .Where(both => both.Series.SystemKey == system).ToListAsync();
        var lines = messages.Select(m =>
        {
            var set = shared[m.AttributeSetKey];
            (m.SystemKey, m.SessionKey, m.CallKey, m.TokenKey, m.ReceivedAt, m.ExpiresAt, m.AttributeSetKey) = (0, 0, 0, 0, 0, null, 0);
            return $"{JsonSerializer.Serialize(m)} {set}";
        }).Concat(points.Select(both =>
        {
            var (p, s) = (both.Point, both.Series);
            return $"{s.NameId} {s.Metadata} {shared[s.AttributeSetKey]} {p.StartedAt} {p.OccurredAt} {p.Value:R} {p.Increment:R} {p.Count}";
        }));
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
