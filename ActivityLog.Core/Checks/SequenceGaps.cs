namespace ActivityLog.Core.Checks;

/// <summary>
/// Finds numbers of events that never came. A session's events are numbered, and numbered anew each time that it is resumed: from 0 or, where what a start tells bears
/// another session's id, from a little more.
/// </summary>
internal static class SequenceGaps
{
    /// <summary>How many are missing between the first and the last event of each run. What came before and after them can't be known.</summary>
    /// <param name="events">Time and number of each event.</param>
    public static long Missing(IEnumerable<(long Time, long Number)> events)
    {
        long missing = 0;
        long? before = null;
        foreach (var (_, number) in events.Order())
        {
            // A number that isn't larger is of another run.
            missing += before is { } last && number > last ? number - last - 1 : 0;
            before = number;
        }

        return missing;
    }
}
