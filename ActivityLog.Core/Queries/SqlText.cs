using System.Data.Common;
using System.Globalization;
using System.Text;

namespace ActivityLog.Core.Queries;

/// <summary>A statement in the making: its text, and its values as parameters, never within the text.</summary>
internal sealed class SqlText(SqlDialect dialect)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<object, string> _parameters = [];

    /// <summary>The engine's dialect.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>Whether an attribute was asked for, so that the shared ones must be joined as <c>a</c>.</summary>
    public bool UsesAttributes { get; private set; }

    /// <summary>Whether a person was asked for, so that names whose person is another must be joined as <c>al</c> (<see cref="FieldSql.People"/>).</summary>
    public bool UsesPeople { get; private set; }

    /// <summary>A parameter with this value; equal values share one, so that equal expressions stay equal.</summary>
    public string Parameter(object value)
    {
        if (!_parameters.TryGetValue(value, out var name))
        {
            _parameters[value] = name = string.Create(CultureInfo.InvariantCulture, $"@p{_parameters.Count}");
        }

        return name;
    }

    /// <summary>Parameters with these values, comma-separated.</summary>
    public string Parameters<T>(IEnumerable<T> values)
        where T : notnull => string.Join(", ", values.Select(value => Parameter(value)));

    /// <summary>SQL of an attribute: the row's own (of <c>m</c>) before the shared one (of <c>a</c>).</summary>
    public string Attribute(string name)
    {
        UsesAttributes = true;
        return $"coalesce({dialect.Attribute("m.metadata", name, this)}, {dialect.Attribute("a.attributes", name, this)})";
    }

    /// <summary>SQL of the person of a column of <c>m</c> that holds the number of a person's name: an alias's is the one it stands for.</summary>
    public string Person(string column)
    {
        UsesPeople = true;
        return $"coalesce(al.alias_of, {column})";
    }

    /// <summary>Adds to the text.</summary>
    public SqlText Add(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>The statement as a command.</summary>
    public DbCommand ToCommand(DbConnection connection)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Values are parameters; the text is made of the field tables' own SQL.
        command.CommandText = _text.ToString();
#pragma warning restore CA2100
        foreach (var (value, name) in _parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
