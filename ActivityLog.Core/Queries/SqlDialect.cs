using System.Data.Common;

namespace ActivityLog.Core.Queries;

/// <summary>The few things that the engines' SQL says differently.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether the engine is part of this process: its rows cost no way to here, and what it would have to sort is added up faster by a dictionary.</summary>
    public abstract bool IsInProcess { get; }

    /// <summary>SQL of an attribute's value as text, null where there is none: strings as they are, anything else as its JSON.</summary>
    public abstract string Attribute(string jsonColumn, string name, SqlText sql);

    /// <summary>SQL of all the bytes of a group's rows, one row's after the other's; null where there are none.</summary>
    /// <exception cref="NotSupportedException">The engine is part of this process: groups are made here.</exception>
    public abstract string Bytes(string column);

    /// <summary>SQL of whether a text holds another one, in either case.</summary>
    public abstract string Contains(string text, string search, SqlText sql);

    /// <summary>SQL of a text to be sorted by its UTF-8 bytes.</summary>
    public abstract string Ordinal(string text);

    /// <summary>SQL behind a table's alias that has its rows found by an index, where an engine without statistics would take another; none where it sees that by itself.</summary>
    public virtual string By(string index) => "";

    /// <summary>Makes a connection ready for this SQL.</summary>
    public virtual void Prepare(DbConnection connection)
    {
    }
}
