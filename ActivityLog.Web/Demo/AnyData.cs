using ActivityLog.Core.Messages;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Sessions;

namespace ActivityLog.Web.Demo;

/// <summary>Knows whether anything was ever sent. Safe to call from many threads.</summary>
internal sealed class AnyData(IMessageStore messages, ISessionStore sessions)
{
    /// <summary>Whether some Systems have a message of any time, or a session that only metrics tell of.</summary>
    public async Task<bool> IsThereAsync(IReadOnlyList<int> systemKeys, CancellationToken cancellationToken) =>
        (await messages.ListAsync(new MessageQuery { SystemKeys = systemKeys, Take = 1 }, cancellationToken)).Items.Count > 0
        || (await sessions.ListAsync(new SessionQuery { Filter = new ReportQuery { SystemKeys = systemKeys }, Take = 1 }, cancellationToken)).Items.Count > 0;
}
