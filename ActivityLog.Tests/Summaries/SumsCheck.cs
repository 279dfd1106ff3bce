using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Summaries;

/// <summary>
/// Compares the sums of a System, and its rows of sessions, with what its rows say: added up anew here, by plain grouping, all grains, in one snapshot.
/// </summary>
internal sealed class SumsCheck
{
    private static readonly string[] s_ofPoints = ["type", "language", "decision", "tool_name", "source"];

    private readonly SumsOfRows _rows = new();
    private readonly SumsOfRows _sums = new();
    private readonly IReadOnlyList<string> _pins;
    private readonly ZoneOffsets _zone;
    private Dictionary<long, string> _sets = [];

    private SumsCheck(SummarySettings settings)
    {
        _pins = [.. settings.Pins.Order(StringComparer.Ordinal)];
        _zone = ZoneOffsets.Of(TimeZoneInfo.FindSystemTimeZoneById(settings.Zone));
    }

    /// <summary>Fails with the first difference.</summary>
    public static async Task ShouldEqualRowsAsync(IServiceProvider services, int system)
    {
        var difference = await FindDifferenceAsync(services, system);
        difference.ShouldBeNull();
    }

    /// <summary>The first difference, told; null if there is none.</summary>
    public static async Task<string?> FindDifferenceAsync(IServiceProvider services, int system)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        return await FindDifferenceAsync(context, system);
    }

    /// <summary>The first difference in a database, told; null if there is none.</summary>
    public static async Task<string?> FindDifferenceAsync(ActivityLogDbContext context, int system)
    {
        await using var snapshot = await BeginAsync(context);
        var setting = await context.Settings.AsNoTracking().SingleOrDefaultAsync(static s => s.Name == SummarySettings.Name);
        var check = new SumsCheck(SummarySettings.Parse(setting?.Value));
        var attributes = await context.AttributeSets.AsNoTracking().Where(s => s.SystemKey == system).ToDictionaryAsync(static s => s.SetKey, static s => s.Attributes);
        var messages = await context.Messages.AsNoTracking().Where(m => m.SystemKey == system).ToListAsync();
        foreach (var message in messages)
        {
            check.Add(message, attributes[message.AttributeSetKey]);
        }

        await check.AddPointsAsync(context, system, attributes);
        await check.ReadSumsAsync(context, system);
        return check._rows.FindDifference(check._sums) ?? await FindSessionDifferenceAsync(context, system, messages);
    }

    // A deferred transaction of SQLite keeps nobody from writing.
    private static async Task<IAsyncDisposable> BeginAsync(ActivityLogDbContext context)
    {
        await context.Database.OpenConnectionAsync();
        return context.Database.GetDbConnection() is SqliteConnection sqlite
            ? (await context.Database.UseTransactionAsync(sqlite.BeginTransaction(deferred: true)))!
            : await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
    }

    private async Task AddPointsAsync(ActivityLogDbContext context, int system, Dictionary<long, string> attributes)
    {
        var series = await context.MetricSeries.AsNoTracking().Where(s => s.SystemKey == system).ToDictionaryAsync(static s => s.SeriesKey);
        await foreach (var point in context.MetricPoints.AsNoTracking().Where(p => p.SystemKey == system && p.Increment != null).AsAsyncEnumerable())
        {
            var of = series[point.SeriesKey];
            var amount = MetricAmount.Of(point.Increment!.Value);
            foreach (var (grain, at) in GrainsOf(point.OccurredAt))
            {
                _rows.Add(
                    Text("metric_sums", grain, at, of.NameId, of.UserId, of.ModelId, of.ServiceId, PointSet(Values(of.Metadata, attributes[of.AttributeSetKey]))),
                    [amount.Whole, amount.Nanos, 1]);
            }
        }
    }

    private void Add(MessageRow row, string attributes)
    {
        var values = Values(row.Metadata, attributes);
        var set = string.Join(" ", _pins.Where(values.ContainsKey).Select(pin => $"{pin}={values[pin]}"));
        foreach (var (grain, at) in GrainsOf(row.OccurredAt))
        {
            var isUse = row.Type == MessageType.Tool && row.Status != MessageStatus.Denied;
            if (grain != SummaryGrain.Week)
            {
                _rows.Add(Text("count_sums", grain, at, row.Type, row.Status, row.ModelId, row.UserId, row.ServiceId, set), [1, Retries(row)]);
            }

            if (grain == SummaryGrain.Day)
            {
                _rows.Add(Text("count_sums", SummaryGrain.SubjectDay, at, row.Type, row.Status, row.ModelId, null, null, ""), [1, Retries(row)]);
            }

            if (row.Type == MessageType.Generation)
            {
                var sent = (row.InputTokens ?? 0) + (decimal)(row.CacheReadTokens ?? 0) + (row.CacheCreateTokens ?? 0);
                var size = sent <= 100_000 ? 0 : sent <= 200_000 ? 1 : sent <= 271_999 ? 2 : 3;
                long[] spend =
                [
                    1, row.CostNanodollars ?? 0, row.CostNanodollars is null ? 0 : 1,
                    row.InputTokens ?? 0, row.OutputTokens ?? 0, row.CacheReadTokens ?? 0, row.CacheCreateTokens ?? 0,
                ];
                _rows.Add(Text("spend_sums", grain, at, row.ModelId, row.UserId, row.ServiceId, size, set), spend, Histogram(row.DurationMs), Histogram(row.TtftMs));
                if (grain == SummaryGrain.Day)
                {
                    _rows.Add(Text("spend_sums", SummaryGrain.SubjectDay, at, row.ModelId, null, null, size, ""), spend, Histogram(row.DurationMs), Histogram(row.TtftMs));
                }
            }

            if (row.Type is MessageType.Tool or MessageType.Decision)
            {
                var decision = row.Type == MessageType.Decision ? values.GetValueOrDefault("decision") : null;
                var rejected = decision is "reject" or "denied" or "abort";
                long[] uses =
                [
                    isUse ? 1 : 0, isUse && row.Status == MessageStatus.Error ? 1 : 0, row.Type == MessageType.Tool && !isUse ? 1 : 0,
                    decision is not null && !rejected ? 1 : 0, rejected ? 1 : 0,
                ];
                _rows.Add(Text("tool_sums", grain, at, row.ToolId, row.UserId, row.ServiceId, set), uses, isUse ? Histogram(row.DurationMs) : null);
                if (grain == SummaryGrain.Day)
                {
                    _rows.Add(Text("tool_sums", SummaryGrain.SubjectDay, at, row.ToolId, null, null, ""), uses, isUse ? Histogram(row.DurationMs) : null);
                }
            }

            if (row.SessionId is not null && row.Type != MessageType.Repeat && grain != SummaryGrain.Week)
            {
                var call = row.Type == MessageType.Generation ? row : new MessageRow();
                long[] session =
                [
                    row.Type == MessageType.Prompt ? 1 : 0, row.Type == MessageType.Generation ? 1 : 0, isUse ? 1 : 0, row.Type == MessageType.Error ? 1 : 0, 1,
                    call.CostNanodollars ?? 0, call.InputTokens ?? 0, call.OutputTokens ?? 0, call.CacheReadTokens ?? 0, call.CacheCreateTokens ?? 0,
                ];
                _rows.Add(Text("session_sums", grain, at, row.SessionKey, row.UserId, call.ModelId, row.ServiceId, set), session);
                if (grain == SummaryGrain.Day)
                {
                    _rows.Add(Text("session_sums", SummaryGrain.SubjectDay, at, row.SessionKey, null, null, null, ""), session);
                }
            }
        }
    }

    private async Task ReadSumsAsync(ActivityLogDbContext context, int system)
    {
        _sets = await context.Set<SummarySetRow>().AsNoTracking().Where(s => s.SystemKey == system).ToDictionaryAsync(static s => s.SetKey, static s => s.Attributes);
        _sets[0] = "{}";
        await foreach (var row in context.Set<CountSumRow>().Where(s => s.SystemKey == system).AsAsyncEnumerable())
        {
            _sums.Add(Text("count_sums", row.Grain, row.At, row.Type, row.Status, row.ModelId, row.UserId, row.ServiceId, SetOf(row.SetKey)), [row.Messages, row.Retries]);
        }

        await foreach (var row in context.Set<SpendSumRow>().Where(s => s.SystemKey == system).AsAsyncEnumerable())
        {
            _sums.Add(
                Text("spend_sums", row.Grain, row.At, row.ModelId, row.UserId, row.ServiceId, row.PromptSize, SetOf(row.SetKey)),
                [row.Calls, row.CostNanodollars, row.CostedCalls, row.InputTokens, row.OutputTokens, row.CacheReadTokens, row.CacheCreateTokens],
                row.Durations, row.Ttfts);
        }

        await foreach (var row in context.Set<ToolSumRow>().Where(s => s.SystemKey == system).AsAsyncEnumerable())
        {
            _sums.Add(
                Text("tool_sums", row.Grain, row.At, row.ToolId, row.UserId, row.ServiceId, SetOf(row.SetKey)),
                [row.Uses, row.Errors, row.Denied, row.Accepted, row.Rejected],
                row.Durations);
        }

        await foreach (var row in context.Set<SessionSumRow>().Where(s => s.SystemKey == system).AsAsyncEnumerable())
        {
            _sums.Add(
                Text("session_sums", row.Grain, row.At, row.SessionKey, row.UserId, row.ModelId, row.ServiceId, SetOf(row.SetKey)),
                [
                    row.Prompts, row.Generations, row.Tools, row.Errors, row.Messages,
                    row.CostNanodollars, row.InputTokens, row.OutputTokens, row.CacheReadTokens, row.CacheCreateTokens,
                ]);
        }

        await foreach (var row in context.Set<MetricSumRow>().Where(s => s.SystemKey == system).AsAsyncEnumerable())
        {
            _sums.Add(
                Text("metric_sums", row.Grain, row.At, row.NameId, row.UserId, row.ModelId, row.ServiceId, PointSet(Values(_sets[row.SetKey], "{}"))),
                [row.Whole, row.Nanos, row.Points]);
        }
    }

    private string PointSet(Dictionary<string, string> values) =>
        string.Join(" ", _pins.Union(s_ofPoints).Order(StringComparer.Ordinal).Where(values.ContainsKey).Select(key => $"{key}={values[key]}"));

    private static async Task<string?> FindSessionDifferenceAsync(ActivityLogDbContext context, int system, List<MessageRow> messages)
    {
        var kept = await context.Sessions.AsNoTracking().Where(s => s.SystemKey == system).ToDictionaryAsync(static s => s.SessionKey);
        var told = messages.Where(static m => m.SessionId is not null && m.Type != MessageType.Repeat).ToLookup(static m => m.SessionKey);
        foreach (var session in told.Select(static s => s.Key).Union(kept.Keys))
        {
            var rows = told[session].ToList();
            var user = rows.Where(static m => m.UserId is not null).OrderByDescending(static m => m.OccurredAt).ThenByDescending(static m => m.UserId).FirstOrDefault();
            var expected = (rows.Min(static m => m.StartedAt ?? (long?)m.OccurredAt), rows.Max(static m => (long?)m.OccurredAt), user?.UserId, user?.OccurredAt);
            var row = kept.GetValueOrDefault(session);
            var actual = (row?.FirstAt, row?.LastAt, row?.UserId, row?.UserAt);
            var isKept = row?.ExpiresAt is not { } until || rows.TrueForAll(m => m.ExpiresAt < until);
            if (row is null || actual != expected || !isKept)
            {
                return $"sessions {session}: {actual}, kept until {row?.ExpiresAt}; by its rows {expected}, kept until {rows.Max(static m => m.ExpiresAt)}";
            }
        }

        return null;
    }

    private (SummaryGrain Grain, long At)[] GrainsOf(long time) =>
        [(SummaryGrain.Quarter, (long)Math.Floor(time / 900e6)), (SummaryGrain.Day, DayOf(time)), (SummaryGrain.Week, WeekOf(new DateOnly(1970, 1, 1).AddDays((int)DayOf(time))))];

    private static long WeekOf(DateOnly day)
    {
        for (; day.DayOfWeek != DayOfWeek.Monday; day = day.AddDays(-1))
        {
        }

        return (day.DayNumber - new DateOnly(1969, 12, 29).DayNumber) / 7;
    }

    private long DayOf(long time) => (long)Math.Floor((time + _zone.At(UnixMicroseconds.ToDateTime(time)).TotalMicroseconds) / 86_400e6);

    private string SetOf(long key) =>
        Values(_sets[key], "{}") is var values ? string.Join(" ", _pins.Where(values.ContainsKey).Select(pin => $"{pin}={values[pin]}")) : "";

    private static Dictionary<string, string> Values(string own, string shared)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var json in new[] { shared, own })
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject().Where(static p => p.Value.ValueKind != JsonValueKind.Null))
            {
                values[property.Name] = property.Value.ToString();
            }
        }

        return values;
    }

    private static long Retries(MessageRow row) =>
        row.Type is MessageType.Generation or MessageType.Error && Values(row.Metadata, "{}").GetValueOrDefault("attempt") is { } text
        && text.All(char.IsAsciiDigit) && decimal.TryParse(text, CultureInfo.InvariantCulture, out var attempt) && attempt is > 1 and <= 1000 ? (long)attempt - 1 : 0;

    private static byte[]? Histogram(double? value)
    {
        var histogram = new LogHistogram();
        if (value is { } known)
        {
            histogram.Add(known);
        }

        return histogram.ToBytes();
    }

    private static string Text(params object?[] dimensions) => new StringBuilder().AppendJoin(" | ", dimensions.Select(static d => d ?? "–")).ToString();
}
