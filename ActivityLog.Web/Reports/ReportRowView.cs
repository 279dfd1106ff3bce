using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>A report's row as it goes out: values by the columns' names, of which there are too few, and too many rows, to look them up by hash.</summary>
/// <param name="columns">The columns.</param>
/// <param name="cells">The row's cells, in their order.</param>
internal sealed class ReportRowView(IReadOnlyList<ReportColumn> columns, IReadOnlyList<object?> cells) : IReadOnlyDictionary<string, object?>
{
    public int Count => columns.Count;

    public IEnumerable<string> Keys => columns.Select(static column => column.Name);

    public IEnumerable<object?> Values => columns.Select((_, i) => Value(i));

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no column {key}.");

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var column = IndexOf(key);
        value = column < 0 ? null : Value(column);
        return column >= 0;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < columns.Count; i++)
        {
            yield return new(columns[i].Name, Value(i));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private object? Value(int column) => ReportView.Cell(columns[column], cells[column]);

    private int IndexOf(string name)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
