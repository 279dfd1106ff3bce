namespace ActivityLog.Core.Checks;

/// <summary>
/// Finds numbers of events that never came. A session's events are numbered, and numbered anew each time that it is resumed: from 0 or, where what a start tells bears
/// another session's id, from a little more. Times don't follow the numbers strictly: a tool that starts while the model still answers is numbered before or after it.
/// </summary>
internal static class SequenceGaps
{
    // Events that belong together come within fewer numbers than this.
    private const int OutOfOrder = 64;

    /// <summary>How many are missing between the first and the last number asked of each run. What came before and after them can't be known.</summary>
    /// <param name="events">Time and number of each event, and whether it is asked: one that isn't is only not missing.</param>
    public static long Missing(IEnumerable<(long Time, long Number, bool IsAsked)> events)
    {
        long missing = 0;
        var run = new HashSet<long>();
        var (first, last, highest) = (long.MaxValue, long.MinValue, long.MinValue);
        foreach (var (_, number, isAsked) in events.Order())
        {
            // A number that comes again, or that is far behind, is of another run.
            if (run.Contains(number) || (run.Count > 0 && number < highest - OutOfOrder))
            {
                missing += MissingOfRun();
                run.Clear();
                (first, last, highest) = (long.MaxValue, long.MinValue, long.MinValue);
            }

            run.Add(number);
            highest = Math.Max(highest, number);
            (first, last) = isAsked ? (Math.Min(first, number), Math.Max(last, number)) : (first, last);
        }

        return missing + MissingOfRun();

        long MissingOfRun() => last < first ? 0 : last - first + 1 - run.Count(number => number >= first && number <= last);
    }
}
