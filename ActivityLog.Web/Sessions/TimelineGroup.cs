using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Sessions;

/// <summary>A prompt, and all messages that belong to it.</summary>
internal sealed class TimelineGroup(SessionEntry? head)
{
    /// <summary>The prompt; of senders that tell none the turn; null where neither came.</summary>
    public SessionEntry? Head => head;

    /// <summary>What belongs to it, without the head.</summary>
    public List<SessionEntry> Members { get; } = [];

    /// <summary>When it began.</summary>
    public DateTime Start => head?.Start ?? Members.Min(static member => member.Start);

    /// <summary>When the last of it ended.</summary>
    public DateTime End => Members.Select(static member => member.End).Append(head?.End ?? Start).Max();

    /// <summary>The groups of a session's messages, oldest first.</summary>
    public static List<TimelineGroup> Of(IReadOnlyList<SessionEntry> entries)
    {
        var heads = new Dictionary<string, TimelineGroup>(StringComparer.Ordinal);
        var isHead = new HashSet<Guid>();
        foreach (var prompt in entries.Where(static entry => entry.Message.Type == MessageType.Prompt))
        {
            // One that is sent while another is at work has its id.
            if (heads.TryAdd(prompt.Message.PromptId ?? prompt.Message.Id.ToString(), new TimelineGroup(prompt)))
            {
                isHead.Add(prompt.Message.Id);
            }
        }

        foreach (var id in entries.Select(static entry => entry.Message.PromptId).OfType<string>())
        {
            heads.TryAdd(id, new TimelineGroup(null));
        }

        // Spans bear no prompt's id, but the trace of events that do.
        var byTrace = new Dictionary<string, TimelineGroup>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Message is { TraceId: { } trace, PromptId: { } id })
            {
                byTrace.TryAdd(trace, heads[id]);
            }
        }

        if (heads.Count == 0)
        {
            foreach (var turn in entries.Where(static entry => entry.Message is { Type: MessageType.Turn, TraceId: not null }))
            {
                if (byTrace.TryAdd(turn.Message.TraceId!, new TimelineGroup(turn)))
                {
                    isHead.Add(turn.Message.Id);
                }
            }
        }

        List<SessionEntry> rest = [];
        foreach (var entry in entries.Where(entry => !isHead.Contains(entry.Message.Id)))
        {
            var group = entry.Message.PromptId is { } id ? heads[id] : entry.Message.TraceId is { } trace ? byTrace.GetValueOrDefault(trace) : null;
            (group?.Members ?? rest).Add(entry);
        }

        var groups = heads.Values.Concat(byTrace.Values).Distinct().OrderBy(static group => group.Start).ToList();
        Place(rest, groups);
        return [.. groups.OrderBy(static group => group.Start)];
    }

    // What nothing says the prompt of belongs to the one before it in time.
    private static void Place(List<SessionEntry> rest, List<TimelineGroup> groups)
    {
        var starts = groups.Select(static group => group.Start).ToList();
        var before = new TimelineGroup(null);
        foreach (var entry in rest)
        {
            var at = starts.BinarySearch(entry.Start);
            at = at >= 0 ? at : ~at - 1;
            (at < 0 ? before : groups[at]).Members.Add(entry);
        }

        if (before.Members.Exists(static entry => SessionTimeline.IsShown(entry)))
        {
            groups.Add(before);
        }
    }
}
