using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage;

/// <summary>Numbers of the texts that many rows share, and the texts of numbers; from memory where they were asked for before. Safe to call from many threads.</summary>
internal sealed class NameStore(IDbContextFactory<ActivityLogDbContext> contexts)
{
    /// <summary>Longest text kept: what a database can index. A longer one is cut, and marked by an ellipsis.</summary>
    public const int MaxLength = 500;

    // Names that one statement adds.
    private const int Chunk = 500;

    // Both directions; past this many, all are asked for again.
    private const int MaxRemembered = 200_000;

    private readonly ConcurrentDictionary<(NameKind Kind, string Value), int> _ids = new();
    private readonly ConcurrentDictionary<int, string> _values = new();

    /// <summary>The number of a text that <see cref="LearnAsync(IEnumerable{ValueTuple{NameKind, string}}, CancellationToken)"/> was given; null for null.</summary>
    public int? Id(NameKind kind, string? value) => value is null ? null : _ids[(kind, Cut(value))];

    /// <summary>The text of a number that <see cref="LearnAsync(IEnumerable{int}, CancellationToken)"/> was given; null for null.</summary>
    public string? Value(int? id) => id is { } number ? _values[number] : null;

    /// <summary>Makes the numbers of these texts known, giving new ones a number.</summary>
    public async Task LearnAsync(IEnumerable<(NameKind Kind, string? Value)> names, CancellationToken cancellationToken)
    {
        Forget();
        HashSet<(NameKind Kind, string Value)>? missing = null;
        foreach (var (kind, value) in names)
        {
            if (value is not null && !_ids.ContainsKey((kind, Cut(value))))
            {
                (missing ??= []).Add((kind, Cut(value)));
            }
        }

        if (missing is null)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var learned = new List<NameRow>(missing.Count);
        // Ordered, so that two nodes that learn the same names don't lock each other out.
        foreach (var chunk in missing.OrderBy(static m => m.Kind).ThenBy(static m => m.Value, StringComparer.Ordinal).Chunk(Chunk))
        {
            var rows = string.Join(", ", chunk.Select(static (_, index) => $"({{{2 * index}}}, {{{2 * index + 1}}})"));
            var sql = $"INSERT INTO names (kind, value) VALUES {rows} ON CONFLICT (kind, value) DO NOTHING";
            await context.Database.ExecuteSqlRawAsync(sql, chunk.SelectMany(static m => new object[] { (short)m.Kind, m.Value }), cancellationToken);

            var values = chunk.Select(static m => m.Value).ToList();
            learned.AddRange((await context.Names.AsNoTracking().Where(n => values.Contains(n.Value)).ToListAsync(cancellationToken))
                .Where(row => missing.Contains((row.Kind, row.Value))));
        }

        await transaction.CommitAsync(cancellationToken);
        learned.ForEach(Remember);
    }

    /// <summary>Makes the texts of these numbers known.</summary>
    public async Task LearnAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        Forget();
        var missing = ids.Where(id => !_values.ContainsKey(id)).Distinct().ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var row in context.Names.AsNoTracking().Where(n => missing.Contains(n.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Remember(row);
        }
    }

    private static string Cut(string value)
    {
        if (value.Length <= MaxLength)
        {
            return value;
        }

        var end = char.IsHighSurrogate(value[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(value.AsSpan(0, end), "…");
    }

    private void Remember(NameRow row)
    {
        _ids[(row.Kind, row.Value)] = row.Id;
        _values[row.Id] = row.Value;
    }

    private void Forget()
    {
        if (_values.Count > MaxRemembered)
        {
            _ids.Clear();
            _values.Clear();
        }
    }
}
