using System.Data.Common;
using SQLitePCL;

namespace ActivityLog.Core.Queries;

/// <summary>
/// A row whose numbers and bytes are read straight through SQLite's own functions: of rows by the hundred thousand its provider takes longer to hand them out than the
/// engine to find them.
/// </summary>
/// <param name="reader">At the row.</param>
/// <param name="statement">Of SQLite, what the reader reads; else null.</param>
internal readonly struct NumberRow(DbDataReader reader, sqlite3_stmt? statement)
{
    /// <summary>A number that is there.</summary>
    public long Int64(int column) => statement is null ? reader.GetInt64(column) : raw.sqlite3_column_int64(statement, column);

    /// <summary>A number that is there, and small.</summary>
    public int Int32(int column) => (int)Int64(column);

    /// <summary>A number; null where there is none.</summary>
    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    /// <summary>A small number; null where there is none.</summary>
    public int? Int32OrNull(int column) => IsNull(column) ? null : Int32(column);

    /// <summary>Bytes, until the next row is read; none where there is nothing.</summary>
    public ReadOnlySpan<byte> Bytes(int column) =>
        statement is not null ? raw.sqlite3_column_blob(statement, column) : reader.IsDBNull(column) ? default : reader.GetFieldValue<byte[]>(column);

    private bool IsNull(int column) => statement is null ? reader.IsDBNull(column) : raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;
}
