using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>SQL of PostgreSQL.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    public override string AttributeKey(string name) => name;

    public override string Attribute(string jsonColumn, string keyParameter) => $"({jsonColumn} ->> {keyParameter})";

    // No pattern, so that nothing in the text has a meaning.
    public override string Contains(string text, string searchParameter) => $"strpos(lower({text}), lower({searchParameter})) > 0";

    public override string Ordinal(string text) => $"{text} collate \"C\"";
}
