using System.Data.Common;
using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Takes back what <see cref="ToldSeriesSweeper"/> marked, where what told it goes.</summary>
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

        await using var command = connection.CreateCommand();
        // Numbers, as many as a step deletes at most: more than either engine takes as parameters.
        var keys = string.Join(", ", sessions.Select(static key => key.ToString(CultureInfo.InvariantCulture)));
        command.CommandText = $"UPDATE metric_series SET is_told = false WHERE system_key = @system AND session_key IN ({keys}) AND is_told";
        command.Add("@system", systemKey);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
