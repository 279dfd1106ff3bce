using System.Data.Common;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Appends corrections in short transactions, each of which leaves the sums of any time and subject as they were or right.</summary>
internal sealed class SumCorrector(IBackgroundWrites writes, ISummaryWriter summaries, TimeProvider clock)
{
    /// <summary>Name of the setting that counts corrections, so that no two make the same one.</summary>
    public const string Turn = "summaries.turn";

    /// <summary>The number of corrections where none was made.</summary>
    public const string FirstTurn = "0";

    private readonly StepPace _pace = new();

    /// <summary>Makes a correction.</summary>
    /// <returns>Rows appended; null if another one came first, so that this one must be found anew.</returns>
    public async Task<long?> CorrectAsync(SumCorrection correction, CancellationToken cancellationToken)
    {
        var turn = correction.Turn;
        long rows = 0;
        foreach (var (table, deltas) in correction.Sums)
        {
            var sets = correction.Sets.ToDictionary(static set => set.Set.Key, static set => set);
            foreach (var part in Parts(deltas))
            {
                List<(int System, SummarySet Set)> used = [.. part.Select(static row => row.Key.Set).Distinct().Where(sets.ContainsKey).Order().Select(key => sets[key])];
                var corrected = await StepAsync(
                    async connection =>
                    {
                        if (!await SettingSql.TryReplaceAsync(connection, Turn, Text(turn), Text(turn + 1), cancellationToken))
                        {
                            return false;
                        }

                        await summaries.AppendAsync(connection, used, table, part, cancellationToken);
                        return true;
                    },
                    cancellationToken);
                if (!corrected)
                {
                    return null;
                }

                rows += part.Count;
                turn++;
            }
        }

        foreach (var sessions in correction.Sessions.Chunk(StepPace.FewestRows))
        {
            await StepAsync(
                async connection =>
                {
                    await summaries.ChangeSessionsAsync(connection, sessions, cancellationToken);
                    return true;
                },
                cancellationToken);
        }

        return rows;
    }

    private async Task<bool> StepAsync(Func<DbConnection, Task<bool>> work, CancellationToken cancellationToken)
    {
        var (done, took) = await writes.RunAsync(
            async connection =>
            {
                var begun = clock.GetTimestamp();
                return (await work(connection), clock.GetElapsedTime(begun));
            },
            cancellationToken);
        await Task.Delay(_pace.After(took), clock, cancellationToken);
        return done;
    }

    private static string Text(long turn) => turn.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // What moves from one set of pinned attributes to another moves at once: only by it do such rows differ.
    private IEnumerable<List<SumDelta>> Parts(List<SumDelta> deltas)
    {
        deltas.Sort(static (a, b) => Order(a).CompareTo(Order(b)));
        var part = new List<SumDelta>();
        foreach (var delta in deltas)
        {
            if (part.Count >= _pace.Rows && Order(part[^1]) != Order(delta))
            {
                yield return part;
                part = [];
            }

            part.Add(delta);
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static (SummaryGrain, int, (int, int, int, int, int)) Order(SumDelta delta) =>
        (delta.Grain, delta.At, (delta.Key.First, delta.Key.Second, delta.Key.Third, delta.Key.Fourth, delta.Key.Fifth));
}
