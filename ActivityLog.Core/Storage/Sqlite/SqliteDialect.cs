using System.Data.Common;
using System.Text;
using ActivityLog.Core.Queries;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>SQL of SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const string ContainsFunction = "al_contains";

    public override bool IsInProcess => true;

    // ->> alone would give 1 for true and lose how a number was written. A look for the plain name first spares most rows the parsing of their JSON.
    public override string Attribute(string jsonColumn, string name, SqlText sql)
    {
        var path = sql.Parameter($"$.\"{name}\"");
        var value = $"case json_type({jsonColumn}, {path}) when 'text' then {jsonColumn} ->> {path} when 'null' then null else {jsonColumn} -> {path} end";
        return name.All(IsNeverEscaped) ? $"(case when instr({jsonColumn}, {sql.Parameter($"\"{name}\"")}) > 0 then {value} end)" : $"({value})";
    }

    public override string Bytes(string column) => throw new NotSupportedException("SQLite has no aggregate of blobs.");

    // LIKE is fast, but knows no case beyond ASCII.
    public override string Contains(string text, string search, SqlText sql) => Ascii.IsValid(search)
        ? $"{text} like {sql.Parameter($"%{search.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%")} escape '\\'"
        : $"({text} is not null and {ContainsFunction}({text}, {sql.Parameter(search)}))";

    public override string Ordinal(string text) => text;

    public override string By(string index) => $" indexed by {index}";

    public override void Prepare(DbConnection connection) => ((SqliteConnection)connection).CreateFunction(
        ContainsFunction,
        static (string text, string search) => text.Contains(search, StringComparison.OrdinalIgnoreCase),
        isDeterministic: true);

    private static bool IsNeverEscaped(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ':';
}
