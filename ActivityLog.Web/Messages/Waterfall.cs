using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Messages;

/// <summary>Lays the messages of one prompt out in time: the prompt, its calls, and below each call the tools it asked for.</summary>
internal static class Waterfall
{
    private const string WaitName = "tool.blocked_on_user";
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>The rows, each below its parent and in order of start. Empty when nothing in it took time.</summary>
    public static IReadOnlyList<WaterfallRow> Build(IReadOnlyList<MessageView> messages)
    {
        var shown = messages.Where(static message => IsShown(message)).ToList();
        var root = Root(messages);
        if (root is not null)
        {
            shown.RemoveAll(message => message.Id == root.Id || message.Type == MessageType.Turn);
        }

        if (shown.Count == 0)
        {
            return [];
        }

        var first = shown.Append(root ?? shown[0]).Min(Start);
        var last = shown.Max(End);
        var scale = new Scale(first, Math.Max(1, (last - first).Ticks));
        var waits = messages.Where(static message => message.Name == WaitName && message.ParentSpanId is not null).ToLookup(static message => message.ParentSpanId);
        var children = shown.ToLookup(Parents(messages, shown, root));

        List<WaterfallRow> rows = [];
        if (root is not null)
        {
            rows.Add(new WaterfallRow(root, 0, scale.At(Start(root)), 1 - scale.At(Start(root)), last - Start(root), null));
        }

        Add(root?.Id ?? Guid.Empty, root is null ? 0 : 1);
        return rows;

        void Add(Guid parent, int depth)
        {
            foreach (var message in children[parent].OrderBy(Start).ThenBy(static message => message.Id))
            {
                var wait = message.SpanId is null ? null : waits[message.SpanId].FirstOrDefault();
                rows.Add(new WaterfallRow(
                    message, depth, scale.At(Start(message)), scale.Part(End(message) - Start(message)), End(message) - Start(message),
                    wait is null ? null : (scale.At(Start(wait)), scale.Part(End(wait) - Start(wait)))));
                Add(message.Id, depth + 1);
            }
        }
    }

    /// <summary>When a message began.</summary>
    public static DateTime Start(MessageView message) =>
        message.StartedAt ?? (EndsWhenItOccurred(message) && message.DurationMs is not null ? message.OccurredAt - Length(message) : message.OccurredAt);

    /// <summary>When a message ended.</summary>
    public static DateTime End(MessageView message) => EndsWhenItOccurred(message) ? message.OccurredAt : Start(message) + Length(message);

    // Senders may claim any length: more than a year, or less than nothing, would leave the calendar.
    private static TimeSpan Length(MessageView message) =>
        message.DurationMs is { } ms && !double.IsNaN(ms) ? TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, s_longest.TotalMilliseconds)) : TimeSpan.Zero;

    private static bool EndsWhenItOccurred(MessageView message) => message.Type is MessageType.Generation or MessageType.Tool or MessageType.Error;

    private static bool IsShown(MessageView message) => message.Type is MessageType.Generation or MessageType.Tool or MessageType.Error or MessageType.Repeat
        || (message.Type is MessageType.Span or MessageType.Turn && !message.Name.StartsWith("tool.", StringComparison.Ordinal));

    // The turn's span and the prompt's event are the same thing; the prompt says more.
    private static MessageView? Root(IReadOnlyList<MessageView> messages) =>
        messages.FirstOrDefault(static message => message.Type == MessageType.Prompt) ?? messages.FirstOrDefault(static message => message.Type == MessageType.Turn);

    // A row's parent is the call that asked for the tool, else the nearest shown row above it in the span tree, else the prompt.
    private static Func<MessageView, Guid> Parents(IReadOnlyList<MessageView> all, List<MessageView> shown, MessageView? root)
    {
        var shownIds = shown.Select(static message => message.Id).ToHashSet();
        var bySpan = all.Where(static message => message.SpanId is not null).GroupBy(static message => message.SpanId!).ToDictionary(static group => group.Key, static group => group.First());
        var top = root?.Id ?? Guid.Empty;
        return message =>
        {
            if (message.ParentId is { } parent && shownIds.Contains(parent) && parent != message.Id)
            {
                return parent;
            }

            var above = message.ParentSpanId;
            for (var steps = 0; above is not null && steps < all.Count && bySpan.TryGetValue(above, out var one); steps++)
            {
                if (shownIds.Contains(one.Id) && one.Id != message.Id)
                {
                    return one.Id;
                }

                above = one.ParentSpanId;
            }

            return top;
        };
    }

    private readonly record struct Scale(DateTime First, long Ticks)
    {
        public double At(DateTime time) => Math.Clamp((double)(time - First).Ticks / Ticks, 0, 1);

        public double Part(TimeSpan length) => Math.Clamp((double)length.Ticks / Ticks, 0, 1);
    }
}
