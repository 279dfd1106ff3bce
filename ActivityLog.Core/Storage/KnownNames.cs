using System.Collections.Concurrent;

namespace ActivityLog.Core.Storage;

/// <summary>Names whose numbers are known. Only grows. Safe to call from many threads.</summary>
internal sealed class KnownNames
{
    /// <summary>Longest text kept: what a database can index. A longer one is cut, and marked by an ellipsis.</summary>
    public const int MaxLength = 500;

    private readonly ConcurrentDictionary<(NameKind Kind, string Value), int> _ids = new();
    private readonly ConcurrentDictionary<int, string> _values = new();

    public int Count => _values.Count;

    /// <summary>The text as it is kept.</summary>
    public static string Cut(string value)
    {
        if (value.Length <= MaxLength)
        {
            return value;
        }

        var end = char.IsHighSurrogate(value[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(value.AsSpan(0, end), "…");
    }

    public bool Has(NameKind kind, string value) => _ids.ContainsKey((kind, Cut(value)));

    public bool Has(int id) => _values.ContainsKey(id);

    /// <summary>The number of a text that was learned; null for null.</summary>
    public int? Id(NameKind kind, string? value) => value is null ? null : _ids[(kind, Cut(value))];

    /// <summary>The text of a number that was learned; null for null.</summary>
    public string? Value(int? id) => id is { } number ? _values[number] : null;

    public void Add(NameRow row)
    {
        _ids[(row.Kind, row.Value)] = row.Id;
        _values[row.Id] = row.Value;
    }
}
