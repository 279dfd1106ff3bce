using System.Data.Common;
using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>The mark of series that generations tell of: <see cref="ToldSeriesSweeper"/> sets it, and it is taken back where what told it goes.</summary>
internal static class ToldSeries
{
    /// <summary>Unmarks the series of the sessions whose generations were deleted, in the same transaction: whether others of them are left is asked again.</summary>
    public static async Task ForgetAsync(DbConnection connection, int systemKey, IEnumerable<MessageRow> deleted, CancellationToken cancellationToken)
    {
        var sessions = deleted.Where(static row => row.Type == MessageType.Generation).Select(static row => row.SessionKey).Distinct().Order().ToList();
        if (sessions.Count == 0)
        {
            return;
        }

        await SetAsync(connection, isTold: false, systemKey, ("session_key", sessions), "is_told", cancellationToken);
    }

    /// <summary>Marks or unmarks series of a System.</summary>
    /// <param name="connection">A connection that may write.</param>
    /// <param name="isTold">Whether a generation tells the same.</param>
    /// <param name="systemKey">Number of the System.</param>
    /// <param name="of">The series, by the values of a column.</param>
    /// <param name="condition">SQL of what else has to be so of <c>metric_series</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many there were.</returns>
    public static async Task<int> SetAsync(
        DbConnection connection, bool isTold, int systemKey, (string Column, IReadOnlyList<long> Keys) of, string condition, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // Numbers, as many as a step takes at most: more than either engine takes as parameters.
        var keys = string.Join(", ", of.Keys.Select(static key => key.ToString(CultureInfo.InvariantCulture)));
        command.CommandText = $"UPDATE metric_series SET is_told = {(isTold ? "true" : "false")} WHERE system_key = @system AND {of.Column} IN ({keys}) AND {condition}";
        command.Add("@system", systemKey);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
