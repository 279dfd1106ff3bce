using System.Data.Common;

namespace ActivityLog.Core.Storage;

internal static class CommandParameters
{
    /// <summary>Adds a parameter, on either engine.</summary>
    public static void Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }
}
