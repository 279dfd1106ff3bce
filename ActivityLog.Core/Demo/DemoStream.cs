using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Demo;

/// <summary>What a crowd does, as batches to store: day by day, session by session, so that it takes no more memory the more there is.</summary>
internal static class DemoStream
{
    /// <summary>All sessions that have ended at a moment.</summary>
    /// <param name="crowd">Who does it.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="until">Sessions that have ended then, UTC.</param>
    /// <param name="rows">Least number of messages and metric points of a batch, but for the last of all.</param>
    public static IEnumerable<DemoBatch> Of(DemoCrowd crowd, DemoTarget target, DateTime until, int rows)
    {
        var (messages, points) = (new List<Message>(), new List<MetricPoint>());
        // Everywhere in the world.
        var last = DateOnly.FromDateTime(until).AddDays(1);
        for (var day = crowd.First; day <= last; day = day.AddDays(1))
        {
            foreach (var session in crowd.SessionsOf(day))
            {
                DemoSession.Play(crowd, session, target, until, messages, points);
                if (messages.Count + points.Count >= rows)
                {
                    yield return new(day, new(target.TokenKey, messages, points));
                    (messages, points) = (new(messages.Count), new(points.Count));
                }
            }
        }

        if (messages.Count + points.Count > 0)
        {
            yield return new(last, new(target.TokenKey, messages, points));
        }
    }
}
