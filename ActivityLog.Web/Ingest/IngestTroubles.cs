using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Web.Shared;

namespace ActivityLog.Web.Ingest;

/// <summary>Tells what isn't as it should be; nothing while all is well.</summary>
internal static class IngestTroubles
{
    // Half of what may wait.
    private const double MuchQueued = 0.5;
    private const double MuchSpooled = 0.8;
    private static readonly TimeSpan s_longWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_shownSetAside = TimeSpan.FromDays(1);

    public static IReadOnlyList<IngestTrouble> Of(IngestSnapshot now, DatabaseState database, TimeZoneInfo zone)
    {
        List<IngestTrouble> troubles = [];
        var spool = now.Spool;
        if (database.IsAway)
        {
            var since = database.AwaySince is { } at ? $" since {Format.Clock(at, zone)}" : "";
            var mend = database.IsIncomplete ? "It answers, but lacks tables or rights that are needed: unless a backup is being put back, mend that. " : "";
            troubles.Add(new($"The database takes no writes{since}.", spool.CanTake
                ? $"Nothing is lost: what comes is kept on this node's disk, and stored when the database is back. {mend}{database.Reason}"
                : $"{(spool.IsOn ? "The spool takes nothing now: senders" : "Senders")} are told to try again. {mend}{database.Reason}", IsBad: !spool.CanTake || database.IsIncomplete));
        }
        else if (now.IsFailing)
        {
            troubles.Add(new($"The last write failed at {Format.Clock(now.LastFailure!.At, zone)}.", $"Senders are told to try again. {now.LastFailure.Reason}", IsBad: true));
        }
        else if (spool.Requests > 0)
        {
            troubles.Add(new("What was kept while the database was away is being stored.", $"{Format.Count(spool.Requests)} requests are left.", IsBad: false));
        }

        if (spool.MaxBytes > 0 && spool.Bytes >= MuchSpooled * spool.MaxBytes)
        {
            troubles.Add(new("The spool is almost full.", $"{Format.Bytes(spool.Bytes)} of {Format.Bytes(spool.MaxBytes)}: when it is full, senders are told to try again, and drop what they can't keep.", IsBad: true));
        }

        if (spool.LastError is not null && now.At - spool.LastErrorAt < s_shownSetAside)
        {
            troubles.Add(new($"The spool had trouble at {Format.Clock(spool.LastErrorAt!.Value, zone)}.", spool.LastError, IsBad: true));
        }

        if (spool.SetAside > 0)
        {
            troubles.Add(new(
                spool.SetAside == 1 ? "A spooled request couldn't be stored." : $"{Format.Count(spool.SetAside)} spooled requests couldn't be stored.",
                "What was set aside lies in spool/set-aside of the data directory; the log says why. Post it again or delete it; files that are gone are forgotten at the next start.", IsBad: true));
        }

        if (now.Queue.MaxRows > 0 && (now.Queue.Rows >= MuchQueued * now.Queue.MaxRows || now.Queue.Bytes >= MuchQueued * now.Queue.MaxBytes))
        {
            troubles.Add(new("Much is waiting to be stored.", $"{Format.Count(now.Queue.Rows)} of {Format.Count(now.Queue.MaxRows)} rows, {Format.Bytes(now.Queue.Bytes)} of {Format.Bytes(now.Queue.MaxBytes)}: past that senders are told to try again.", IsBad: false));
        }
        else if (now.Queue.OldestAge > s_longWait && !database.IsAway)
        {
            troubles.Add(new("The database is slow.", $"What came first has waited for {Format.Duration(now.Queue.OldestAge.Value.TotalMilliseconds)}.", IsBad: false));
        }

        return troubles;
    }
}
