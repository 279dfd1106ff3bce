using System.Runtime.InteropServices;

namespace ActivityLog.Core.Summaries;

/// <summary>Adds up what goes into one table of sums, so that of a thousand records a few rows are written. Not safe for threads.</summary>
internal sealed class SumFold(SumTable table)
{
    private readonly Dictionary<SumKey, Entry> _entries = [];

    // Whose numbers would no longer be 64-bit ones with what came next.
    private readonly List<(SumKey Key, Entry Entry)> _full = [];

    /// <summary>The table.</summary>
    public SumTable Table => table;

    /// <summary>Adds numbers and a value to each histogram, or takes them away.</summary>
    public void Add(in SumKey key, in SumNumbers numbers, bool negative, double? first = null, double? second = null)
    {
        var entry = Add(key, numbers, negative);
        if (first is { } value)
        {
            (entry.First ??= new()).Add(value, negative);
        }

        if (second is { } other)
        {
            (entry.Second ??= new()).Add(other, negative);
        }
    }

    /// <summary>The rows of all grains that these make: none for what came to nothing.</summary>
    public List<SumDelta> ToDeltas()
    {
        var rows = new List<SumDelta>(table.Grains.Count * _entries.Count);
        var days = To(SummaryGrain.Day);
        foreach (var grain in table.Grains)
        {
            var fold = grain switch { SummaryGrain.Quarter => this, SummaryGrain.Day => days, _ => days.To(grain) };
            foreach (var (key, entry) in fold.Entries)
            {
                fold.AddDelta(rows, grain, key, entry);
            }
        }

        return rows;
    }

    private IEnumerable<(SumKey Key, Entry Entry)> Entries => _full.Concat(_entries.Select(static e => (e.Key, e.Value)));

    private SumFold To(SummaryGrain grain)
    {
        var coarser = new SumFold(table);
        foreach (var (key, entry) in Entries)
        {
            var sum = coarser.Add(table.Of(grain, key), entry.Numbers, negative: false);
            (sum.First, sum.Second) = (Join(sum.First, entry.First), Join(sum.Second, entry.Second));
        }

        return coarser;
    }

    private Entry Add(in SumKey key, in SumNumbers numbers, bool negative)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out _);
        var entry = slot ??= new();
        if (entry.Numbers.TryAdd(numbers, negative))
        {
            return entry;
        }

        _full.Add((key, entry));
        slot = entry = new();
        if (!entry.Numbers.TryAdd(numbers, negative))
        {
            var (half, rest) = numbers.Halve();
            Add(key, half, negative);
            return Add(key, rest, negative);
        }

        return entry;
    }

    private static HistogramBuffer? Join(HistogramBuffer? sum, HistogramBuffer? more)
    {
        if (more is not null)
        {
            (sum ??= new()).Add(more);
        }

        return sum;
    }

    private void AddDelta(List<SumDelta> rows, SummaryGrain grain, in SumKey key, Entry entry)
    {
        byte[]?[] histograms = table.Histograms.Count switch
        {
            0 => [],
            1 => [entry.First?.ToBytes()],
            _ => [entry.First?.ToBytes(), entry.Second?.ToBytes()],
        };
        if (!entry.Numbers.AreZero || histograms.Any(static h => h is not null))
        {
            rows.Add(new(grain, grain == SummaryGrain.Quarter ? table.Of(grain, key) : key, entry.Numbers, histograms));
        }
    }

    private sealed class Entry
    {
        private SumNumbers _numbers;

        public ref SumNumbers Numbers => ref _numbers;

        public HistogramBuffer? First { get; set; }

        public HistogramBuffer? Second { get; set; }
    }
}
