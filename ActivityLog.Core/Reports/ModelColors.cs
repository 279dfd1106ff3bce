using System.Collections.Concurrent;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Reports;

/// <inheritdoc/>
internal sealed class ModelColors(IDbContextFactory<ActivityLogDbContext> contexts) : IModelColors, IDisposable
{
    private const string VariablePrefix = "--al-";
    private const int MostTries = 5;

    // A colour once given never changes, so that what was read stays true.
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _giving = new(1, 1);

    public async ValueTask<IReadOnlyDictionary<string, string>> GetAsync(IEnumerable<string> models, CancellationToken cancellationToken)
    {
        var asked = models.Distinct(StringComparer.Ordinal).ToList();
        if (NewOf(asked).Count > 0)
        {
            await GiveAsync(asked, cancellationToken);
        }

        return asked.ToDictionary(
            static model => model, model => VariablePrefix + _known.GetValueOrDefault(model, ModelColorSlots.Other), StringComparer.Ordinal);
    }

    public void Dispose() => _giving.Dispose();

    private async Task GiveAsync(List<string> models, CancellationToken cancellationToken)
    {
        await _giving.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 1; ; tries++)
            {
                await ReadAsync(cancellationToken);
                try
                {
                    await StoreAsync(NewOf(models), cancellationToken);
                    return;
                }
                catch (DbUpdateException) when (tries < MostTries)
                {
                    // Another node was first with one of them: its colour holds.
                }
            }
        }
        finally
        {
            _giving.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var row in context.ModelColors.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _known[row.Model] = row.Color;
        }
    }

    private async Task StoreAsync(IReadOnlyList<ModelColorRow> rows, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ModelColors.AddRange(rows);
        await context.SaveChangesAsync(cancellationToken);
        foreach (var row in rows)
        {
            _known[row.Model] = row.Color;
        }
    }

    // Those that get a colour of their own. What gets none isn't stored: senders name as many models as they like.
    private List<ModelColorRow> NewOf(IEnumerable<string> models)
    {
        List<ModelColorRow> rows = [];
        List<string>? given = null;
        foreach (var model in models.Where(model => !_known.ContainsKey(model)))
        {
            given ??= [.. _known.Values];
            var color = ModelColorSlots.Next(model, given);
            if (color != ModelColorSlots.Other)
            {
                rows.Add(new ModelColorRow { Model = model, Color = color });
                given.Add(color);
            }
        }

        return rows;
    }
}
