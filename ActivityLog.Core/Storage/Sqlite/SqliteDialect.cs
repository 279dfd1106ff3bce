using System.Data.Common;
using ActivityLog.Core.Queries;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>SQL of SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const string ContainsFunction = "al_contains";

    public override string AttributeKey(string name) => $"$.\"{name}\"";

    // ->> alone would give 1 for true and lose how a number was written.
    public override string Attribute(string jsonColumn, string keyParameter) =>
        $"(case json_type({jsonColumn}, {keyParameter}) when 'text' then {jsonColumn} ->> {keyParameter} when 'null' then null else {jsonColumn} -> {keyParameter} end)";

    public override string Contains(string text, string searchParameter) => $"{ContainsFunction}({text}, {searchParameter})";

    public override string Ordinal(string text) => text;

    // SQLite's own functions know no case beyond ASCII.
    public override void Prepare(DbConnection connection) => ((SqliteConnection)connection).CreateFunction(
        ContainsFunction,
        static (string? text, string search) => text is not null && text.Contains(search, StringComparison.OrdinalIgnoreCase),
        isDeterministic: true);
}
