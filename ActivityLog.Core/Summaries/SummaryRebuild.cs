using System.Globalization;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// Makes the sums right, slice by slice, while messages come and go: each slice is compared with its rows in one snapshot, and the difference is appended. The
/// sums of a slice that were right stay as they are.
/// </summary>
internal sealed class SummaryRebuild(IDbContextFactory<ActivityLogDbContext> contexts, SqlDatabase database, SumCorrector corrector)
{
    // A slice is longer or shorter by what the last one held.
    private const long FewRows = 50_000;
    private const long ManyRows = 300_000;
    private const int FirstDays = 4;
    private const int MostDays = 256;

    // Whoever else corrects comes first now and then.
    private const int Attempts = 20;

    /// <summary>Compares and corrects all Systems.</summary>
    /// <param name="setting">The setting of the sums as it is (<see cref="SummarySettings.Name"/>).</param>
    /// <param name="onlyDays">Whether only the days are corrected, by the quarters.</param>
    /// <param name="tell">Hears of the progress, from 0 to 1; false ends the work.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Rows that were appended; null if the setting changed meanwhile, or the work was ended: then not all is right.</returns>
    public async Task<long?> RunAsync(string? setting, bool onlyDays, Func<double, Task<bool>> tell, CancellationToken cancellationToken)
    {
        var systems = await ListSystemsAsync(cancellationToken);
        long appended = 0;
        for (var i = 0; i < systems.Count; i++)
        {
            var done = i;
            foreach (var (tables, part) in new[] { (SumDifference.OfMessages, 0.0), (SumDifference.OfPoints, 0.5) })
            {
                var rows = await RunAsync(systems[i], tables, setting, onlyDays, progress => tell((done + part + (progress / 2)) / systems.Count), cancellationToken);
                if (rows is null)
                {
                    return null;
                }

                appended += rows.Value;
            }
        }

        return appended;
    }

    private async Task<long?> RunAsync(
        int system, IReadOnlyList<SumTable> tables, string? setting, bool onlyDays, Func<double, Task<bool>> tell, CancellationToken cancellationToken)
    {
        var rules = SummaryRules.Of(setting);
        var calendar = new RebuildCalendar(TimeZoneInfo.FindSystemTimeZoneById(SummarySettings.Parse(setting).Zone));
        var bounds = new RebuildBounds(database, rules, calendar);
        if (await bounds.FindAsync(system, tables, cancellationToken) is not var (first, last))
        {
            return 0;
        }

        long appended = 0;
        var (length, day) = (FirstDays, (int?)first);
        while (day is { } from && from <= last)
        {
            var slice = calendar.Cut(system, from, from + length);
            if (await CorrectAsync(slice, tables, setting, onlyDays && calendar.HasWholeQuarters(slice), calendar, cancellationToken) is not var (rows, read)
                || !await tell(Math.Min(1, (slice.To - first) / (last + 1.0 - first))))
            {
                return null;
            }

            appended += rows;
            length = read > ManyRows ? Math.Max(1, length / 2) : read < FewRows ? Math.Min(MostDays, length * 2) : length;
            day = await bounds.FindNextAsync(system, tables, slice.To, cancellationToken);
        }

        return appended;
    }

    private async Task<(long Appended, long Read)?> CorrectAsync(
        RebuildSlice slice, IReadOnlyList<SumTable> tables, string? setting, bool fromQuarters, RebuildCalendar calendar, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var correction = await database.SnapshotAsync(
                async reader =>
                {
                    var sql = reader.NewText();
                    sql.Add($"select name, value from settings where name in ({sql.Parameter(SummarySettings.Name)}, {sql.Parameter(SumCorrector.Turn)})");
                    var values = (await reader.ReadAsync(sql, static row => (Name: row.GetString(0), Value: row.GetString(1)), cancellationToken))
                        .ToDictionary(static row => row.Name, static row => row.Value, StringComparer.Ordinal);
                    if (values.GetValueOrDefault(SummarySettings.Name) != setting)
                    {
                        return null;
                    }

                    var turn = long.Parse(values.GetValueOrDefault(SumCorrector.Turn, SumCorrector.FirstTurn), CultureInfo.InvariantCulture);
                    var difference = new SumDifference(reader, SummaryRules.Of(setting), calendar, turn);
                    return fromQuarters
                        ? await difference.FromQuartersAsync(slice, tables, cancellationToken)
                        : await difference.FromRowsAsync(slice, tables, cancellationToken);
                },
                cancellationToken);
            if (correction is null)
            {
                return null;
            }

            if (await corrector.CorrectAsync(correction, cancellationToken) is { } appended)
            {
                return (appended, correction.Rows);
            }

            if (attempt == Attempts)
            {
                throw new StoreUnavailableException("Sums are being corrected elsewhere.", new TimeoutException());
            }
        }
    }

    private async Task<List<int>> ListSystemsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Those of deleted Systems go as a whole.
        return await context.Systems.Where(static s => s.DeletedAt == null).OrderBy(static s => s.Key).Select(static s => s.Key).ToListAsync(cancellationToken);
    }
}
