using System.Collections.Concurrent;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Reports;

/// <inheritdoc/>
internal sealed class ModelColors(IDbContextFactory<ActivityLogDbContext> contexts) : IModelColors, IDisposable
{
    private const string VariablePrefix = "--al-";

    // A colour once given never changes, so that what was read stays true.
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _giving = new(1, 1);

    public async ValueTask<IReadOnlyDictionary<string, string>> GetAsync(IEnumerable<string> models, CancellationToken cancellationToken)
    {
        var asked = models.Distinct(StringComparer.Ordinal).ToList();
        if (asked.Any(model => !_known.ContainsKey(model)))
        {
            await GiveAsync(asked, cancellationToken);
        }

        return asked.ToDictionary(static model => model, model => VariablePrefix + _known[model], StringComparer.Ordinal);
    }

    public void Dispose() => _giving.Dispose();

    private async Task GiveAsync(List<string> models, CancellationToken cancellationToken)
    {
        await _giving.WaitAsync(cancellationToken);
        try
        {
            await ReadAsync(cancellationToken);
            foreach (var model in models.Where(model => !_known.ContainsKey(model)))
            {
                await StoreAsync(model, ModelColorSlots.Next(model, [.. _known.Values]), cancellationToken);
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

    private async Task StoreAsync(string model, string color, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ModelColors.Add(new ModelColorRow { Model = model, Color = color });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            _known[model] = color;
        }
        catch (DbUpdateException)
        {
            // Another node was first: its colour holds. Anything else that kept the row from being written shows here again.
            await ReadAsync(cancellationToken);
            if (!_known.ContainsKey(model))
            {
                throw;
            }
        }
    }
}
