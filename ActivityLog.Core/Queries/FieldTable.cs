namespace ActivityLog.Core.Queries;

/// <summary>The fields that one kind of row has: a row a field. Parsing, SQL, errors and the API's description all come from it.</summary>
public sealed class FieldTable
{
    /// <summary>What the name of an attribute stands after.</summary>
    public const string MetadataPrefix = "metadata.";

    /// <summary>A short form of <see cref="MetadataPrefix"/>.</summary>
    public const string MetadataShortPrefix = "meta.";

    /// <summary>Longest name of an attribute that can be asked for.</summary>
    public const int MaxKeyLength = 256;

    private readonly Dictionary<string, QueryField> _byName;
    private readonly bool _hasMetadata;

    /// <summary>A table of these fields, and of attributes where the rows have them.</summary>
    public FieldTable(IReadOnlyList<QueryField> fields, bool hasMetadata = true)
    {
        All = fields;
        _hasMetadata = hasMetadata;
        _byName = fields.ToDictionary(static field => field.Name, StringComparer.Ordinal);
    }

    /// <summary>The fields, without the attributes.</summary>
    public IReadOnlyList<QueryField> All { get; }

    /// <summary>The field of this name, case-sensitive, or the attribute; null when there is no such field.</summary>
    public QueryField? Find(string name) => _byName.GetValueOrDefault(name) ?? (_hasMetadata ? FindMetadata(name) : null);

    /// <summary>The fields that fulfil a condition, and attributes, as a list for an error.</summary>
    public string Names(Func<QueryField, bool> condition) =>
        string.Join(", ", [.. All.Where(condition).Select(static field => field.Name), .. _hasMetadata ? [MetadataPrefix + "<key>"] : Array.Empty<string>()]);

    /// <summary>Whether an attribute of this name can be asked for. A quote can't be written in SQLite's JSON paths; no attribute of any convention has one.</summary>
    public static bool IsMetadataKey(string key) =>
        key.Length is > 0 and <= MaxKeyLength && !key.AsSpan().ContainsAny('"', '\\') && !key.Any(char.IsControl);

    private static QueryField? FindMetadata(string name)
    {
        var key = name.StartsWith(MetadataPrefix, StringComparison.Ordinal) ? name[MetadataPrefix.Length..]
            : name.StartsWith(MetadataShortPrefix, StringComparison.Ordinal) ? name[MetadataShortPrefix.Length..]
            : "";
        return IsMetadataKey(key) ? new QueryField { Name = name, Kind = FieldKind.Metadata, Sql = key, Description = $"The attribute {key}." } : null;
    }
}
