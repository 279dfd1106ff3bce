using System.Data.Common;
using System.Runtime.InteropServices;

namespace ActivityLog.Core.Summaries;

/// <summary>Adds up rows of a table of sums, exactly: nothing in it can overflow. Not safe for threads.</summary>
internal sealed class SumTotals(SumTable table)
{
    // Of what is read in the order of SumTable.Columns.
    private const int FirstDimension = 3;

    private readonly Dictionary<(SummaryGrain Grain, SumKey Key), Total> _totals = [];

    /// <summary>Groups in it, those that came to nothing included.</summary>
    public int Count => _totals.Count;

    /// <summary>Adds a row that a statement tells by <see cref="SumTable.Columns"/>, or takes it away.</summary>
    public void Add(DbDataReader row, bool negative)
    {
        var grain = (SummaryGrain)row.GetInt16(1);
        Add(grain, Key(row, grain, row.GetInt32(2)), row, negative);
    }

    /// <summary>Adds a row of a quarter to a day, and to what days are added up to.</summary>
    public void AddToDay(DbDataReader row, int day)
    {
        var key = Key(row, SummaryGrain.Day, day);
        foreach (var grain in table.Grains.Where(static grain => grain != SummaryGrain.Quarter))
        {
            Add(grain, table.Of(grain, key), row, negative: false);
        }
    }

    /// <summary>Adds a row.</summary>
    public void Add(SumDelta delta)
    {
        var total = Of(delta.Grain, delta.Key);
        for (var i = 0; i < table.Numbers.Count; i++)
        {
            total.Numbers[i] += delta.Numbers[i];
        }

        for (var i = 0; i < table.Histograms.Count; i++)
        {
            total.Add(i, delta.Histograms[i], negative: false);
        }
    }

    /// <summary>The fewest rows that these make: one a group, none for what came to nothing, several where a number is larger than a row can hold.</summary>
    public List<SumDelta> ToDeltas()
    {
        var rows = new List<SumDelta>(_totals.Count);
        foreach (var ((grain, key), total) in _totals)
        {
            byte[]?[] histograms = [.. total.Histograms.Select(static h => h?.ToBytes())];
            if (total.Numbers.Any(static n => n != 0) || histograms.Any(static h => h is not null))
            {
                AddRows(rows, grain, key, total.Numbers, histograms);
            }
        }

        return rows;
    }

    private static void AddRows(List<SumDelta> rows, SummaryGrain grain, SumKey key, Int128[] rest, byte[]?[] histograms)
    {
        do
        {
            var numbers = default(SumNumbers);
            for (var i = 0; i < rest.Length; i++)
            {
                numbers[i] = (long)Int128.Clamp(rest[i], -long.MaxValue, long.MaxValue);
                rest[i] -= numbers[i];
            }

            rows.Add(new(grain, key, numbers, histograms));
            histograms = new byte[]?[histograms.Length];
        }
        while (rest.Any(static n => n != 0));
    }

    private void Add(SummaryGrain grain, SumKey key, DbDataReader row, bool negative)
    {
        var total = Of(grain, key);
        var column = FirstDimension + table.Dimensions.Count + (table.HasSession ? 2 : 1);
        for (var i = 0; i < table.Numbers.Count; i++, column++)
        {
            total.Numbers[i] += negative ? -(Int128)row.GetInt64(column) : row.GetInt64(column);
        }

        for (var i = 0; i < table.Histograms.Count; i++, column++)
        {
            total.Add(i, row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column), negative);
        }
    }

    private Total Of(SummaryGrain grain, SumKey key)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_totals, (grain, key), out _);
        return slot ??= new(new Int128[table.Numbers.Count], new LogHistogram?[table.Histograms.Count]);
    }

    private SumKey Key(DbDataReader row, SummaryGrain grain, int at)
    {
        Span<int> dimensions = stackalloc int[5];
        for (var i = 0; i < table.Dimensions.Count; i++)
        {
            dimensions[i] = row.IsDBNull(FirstDimension + i) ? 0 : row.GetInt32(FirstDimension + i);
        }

        var next = FirstDimension + table.Dimensions.Count;
        var session = table.HasSession ? row.GetInt64(next++) : 0;
        return new(
            row.GetInt32(0), grain == SummaryGrain.Quarter ? at : 0, grain == SummaryGrain.Quarter ? 0 : at, session, row.GetInt64(next),
            dimensions[0], dimensions[1], dimensions[2], dimensions[3], dimensions[4]);
    }

    private sealed record Total(Int128[] Numbers, LogHistogram?[] Histograms)
    {
        public void Add(int histogram, byte[]? bytes, bool negative)
        {
            if (bytes is not null)
            {
                (Histograms[histogram] ??= new()).Add(bytes, negative);
            }
        }
    }
}
