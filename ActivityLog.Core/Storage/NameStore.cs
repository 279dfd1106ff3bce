using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage;

/// <summary>Numbers of the texts that many rows share, and the texts of numbers; from memory where they were asked for before. Safe to call from many threads.</summary>
internal sealed class NameStore(IDbContextFactory<ActivityLogDbContext> contexts)
{
    // Names that one statement adds.
    private const int Chunk = 500;

    // Both directions; past this many, all are asked for again.
    private const int MaxRemembered = 200_000;

    private volatile KnownNames _known = new();

    /// <summary>Makes the numbers of these texts known, giving new ones a number.</summary>
    /// <returns>These among others; they stay in it, whatever is forgotten here.</returns>
    public async Task<KnownNames> LearnAsync(IEnumerable<(NameKind Kind, string? Value)> names, CancellationToken cancellationToken)
    {
        var known = _known.Count > MaxRemembered ? _known = new() : _known;
        HashSet<(NameKind Kind, string Value)>? missing = null;
        foreach (var (kind, value) in names)
        {
            if (value is not null && !known.Has(kind, value))
            {
                (missing ??= []).Add((kind, KnownNames.Cut(value)));
            }
        }

        if (missing is null)
        {
            return known;
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
        learned.ForEach(known.Add);
        return known;
    }

    /// <summary>Makes the texts of these numbers known.</summary>
    public async Task LearnAsync(KnownNames known, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !known.Has(id)).Distinct().ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var row in context.Names.AsNoTracking().Where(n => missing.Contains(n.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            known.Add(row);
        }
    }
}
