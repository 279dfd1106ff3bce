using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>SQL of PostgreSQL.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    public override bool IsInProcess => false;

    public override string Attribute(string jsonColumn, string name, SqlText sql) => $"({jsonColumn} ->> {sql.Parameter(name)})";

    public override string Bytes(string column) => $"string_agg({column}, ''::bytea)";

    // No pattern, so that nothing in the text has a meaning.
    public override string Contains(string text, string search, SqlText sql) => $"strpos(lower({text}), lower({sql.Parameter(search)})) > 0";

    public override string Ordinal(string text) => $"{text} collate \"C\"";
}
