using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Sessions;

/// <summary>
/// A session laid out in time: each prompt with its calls, below each call the tools that it asked for, below a tool what its subagent did. Each prompt starts at its
/// own zero; all have one scale.
/// </summary>
public sealed class SessionTimeline
{
    private const int MaxDepth = 64;
    private const int MaxShownDepth = 8;
    private const string WaitName = "tool.blocked_on_user";

    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);

    private readonly List<TimelineRow> _rows = [];
    private readonly Dictionary<Guid, SessionEntry> _shown = [];
    private readonly Dictionary<Guid, SessionEntry> _parents = [];
    private readonly Dictionary<Guid, (long Tokens, long? Cost)> _below = [];
    private readonly ILookup<string, SessionEntry> _waits;
    private readonly Dictionary<string, SessionEntry> _decisions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused;
    private readonly HashSet<string> _called;
    private readonly HashSet<string> _tools;

    private SessionTimeline(IReadOnlyList<SessionEntry> entries)
    {
        _waits = entries.Where(static entry => entry.Message is { Name: WaitName, ParentSpanId: not null }).ToLookup(static entry => entry.Message.ParentSpanId!);
        _called = Ids(entries, MessageType.Generation, static message => message.RequestId);
        _refused = Ids(entries, MessageType.Refusal, static message => message.RequestId);
        _tools = Ids(entries, MessageType.Tool, static message => message.ToolUseId);
        foreach (var decision in entries.Where(static entry => entry.Message is { Type: MessageType.Decision, ToolUseId: not null }))
        {
            _decisions[decision.Message.ToolUseId!] = decision;
        }
    }

    /// <summary>All rows, in order.</summary>
    public IReadOnlyList<TimelineRow> Rows => _rows;

    /// <summary>How long the longest prompt took: what 1 is in the rows.</summary>
    public TimeSpan Scale { get; private set; }

    /// <summary>How long all prompts together took.</summary>
    public TimeSpan Active { get; private set; }

    /// <summary>How many subagents there were.</summary>
    public int Subagents { get; private set; }

    /// <summary>Lays a session out.</summary>
    /// <param name="entries">Its messages, oldest first.</param>
    internal static SessionTimeline Build(IReadOnlyList<SessionEntry> entries)
    {
        var timeline = new SessionTimeline(entries);
        timeline.Lay(entries);
        return timeline;
    }

    /// <summary>Whether a message has a row by itself.</summary>
    internal static bool IsShown(SessionEntry entry) => entry.Message.Type switch
    {
        MessageType.Generation or MessageType.Tool or MessageType.Error or MessageType.Refusal or MessageType.Decision or MessageType.Prompt => true,
        MessageType.Turn => entry.Message.Name != "interaction",
        MessageType.Span => !entry.Message.Name.StartsWith("tool.", StringComparison.Ordinal),
        MessageType.Event => entry.Message.Name == "compaction" || entry.Line.IsBad,
        MessageType.Log => entry.Line.IsBad,
        _ => false,
    };

    private static HashSet<string> Ids(IReadOnlyList<SessionEntry> entries, MessageType type, Func<MessageView, string?> id) =>
        entries.Where(entry => entry.Message.Type == type).Select(entry => id(entry.Message)).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private void Lay(IReadOnlyList<SessionEntry> entries)
    {
        var groups = TimelineGroup.Of(entries);
        Scale = groups.Select(static group => group.End - group.Start).Append(TimeSpan.FromMilliseconds(1)).Max();
        Subagents = entries.Select(static entry => entry.AgentId).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        var spans = new Dictionary<string, SessionEntry>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(static entry => entry is { IsSpan: true, Message.SpanId: not null }))
        {
            spans.TryAdd(entry.Message.SpanId!, entry);
        }

        var until = DateTime.MinValue;
        for (var index = 0; index < groups.Count; index++)
        {
            var group = groups[index];
            if (index > 0 && group.Start - until is var silence && silence > s_silence)
            {
                _rows.Add(new TimelineRow { Key = $"silence {index}", Kind = TimelineKind.Silence, Prompt = index, Icon = "clock", Title = "of silence", Took = silence });
            }

            Lay(group, index, spans);
            // Prompts may overlap: what a subagent tells comes as one while the first goes on.
            Active += group.End - (until > group.Start ? until < group.End ? until : group.End : group.Start);
            until = until > group.End ? until : group.End;
        }
    }

    private void Lay(TimelineGroup group, int index, Dictionary<string, SessionEntry> spans)
    {
        var start = group.Start;
        var members = group.Members.Where(HasRow).ToList();
        members.ForEach(member => _shown[member.Message.Id] = member);
        var agents = members.Where(static member => member.Message is { Type: MessageType.Tool, ToolName: "Agent" or "Task" }).ToList();
        foreach (var member in members)
        {
            if (ParentOf(member, spans, agents) is { } parent)
            {
                _parents[member.Message.Id] = parent;
            }
        }

        var calls = group.Members.Where(static member => member.Message.Type == MessageType.Generation).ToList();
        calls.ForEach(AddToTools);
        _rows.Add(HeadRow(group, index, calls));

        var children = members.Where(member => _parents.ContainsKey(member.Message.Id)).ToLookup(member => _parents[member.Message.Id].Message.Id);
        var open = new Stack<(SessionEntry Entry, int Depth)>();
        var laid = new HashSet<Guid>();
        foreach (var top in members.Where(member => !_parents.ContainsKey(member.Message.Id)).Concat(members))
        {
            open.Push((top, 1));
            while (open.TryPop(out var next))
            {
                // What is reached from no top (spans that name each other as parents) is a top itself.
                if (!laid.Add(next.Entry.Message.Id))
                {
                    continue;
                }

                AddRows(next.Entry, next.Depth, start, index);
                foreach (var child in children[next.Entry.Message.Id].Reverse())
                {
                    open.Push((child, next.Depth + 1));
                }
            }
        }
    }

    // What a row of something else says already has none of its own.
    private bool HasRow(SessionEntry entry) => IsShown(entry) && entry.Message switch
    {
        { Type: MessageType.Decision, ToolUseId: { } tool } => !_tools.Contains(tool),
        { Type: MessageType.Refusal, RequestId: { } request } => !_called.Contains(request),
        _ => true,
    };

    private SessionEntry? ParentOf(SessionEntry entry, Dictionary<string, SessionEntry> spans, List<SessionEntry> agents)
    {
        if (entry.ParentId is { } asked && asked != entry.Message.Id && _shown.TryGetValue(asked, out var generation))
        {
            return generation;
        }

        // An event bears the span that it was written in.
        var above = entry.IsSpan ? entry.Message.ParentSpanId : entry.Message.SpanId;
        for (var depth = 0; depth < MaxDepth && above is not null && spans.TryGetValue(above, out var span); depth++)
        {
            if (span.Message.Id != entry.Message.Id && _shown.ContainsKey(span.Message.Id))
            {
                return span;
            }

            above = span.Message.ParentSpanId;
        }

        // Without spans: the subagent that was at work.
        return entry.AgentId is null ? null
            : agents.LastOrDefault(agent => agent.Message.Id != entry.Message.Id && agent.AgentId != entry.AgentId && agent.Start <= entry.Start && agent.End >= entry.Start);
    }

    // What a subagent costs stands beside the tool that started it.
    private void AddToTools(SessionEntry call)
    {
        var entry = call;
        for (var depth = 0; depth < MaxDepth && _parents.TryGetValue(entry.Message.Id, out var parent); depth++)
        {
            if (parent.Message.Type == MessageType.Tool)
            {
                var (tokens, cost) = _below.GetValueOrDefault(parent.Message.Id);
                _below[parent.Message.Id] = (tokens + call.Tokens, call.Message.CostNanodollars is { } more ? (cost ?? 0) + more : cost);
            }

            entry = parent;
        }
    }

    private TimelineRow HeadRow(TimelineGroup group, int index, List<SessionEntry> calls)
    {
        var costs = calls.Select(static call => call.Message.CostNanodollars).OfType<long>().ToList();
        return new TimelineRow
        {
            Key = $"prompt {group.Head?.Message.Id.ToString() ?? group.Members[0].Message.PromptId ?? "none"}",
            Kind = TimelineKind.Prompt,
            Prompt = index,
            PromptId = group.Head?.Message.PromptId ?? group.Members.Select(static member => member.Message.PromptId).FirstOrDefault(static id => id is not null),
            Message = group.Head?.Message,
            Icon = "user-round",
            Title = group.Head?.Message.Type == MessageType.Turn ? group.Head.Line.Title : "Prompt",
            Detail = group.Head is null ? "not told" : group.Head.Message.Type == MessageType.Turn ? null : group.Head.Line.Detail,
            Length = Part(group.End - group.Start),
            Took = group.End - group.Start,
            Tokens = calls.Sum(static call => call.Tokens),
            CostNanodollars = costs.Count == 0 ? null : costs.Sum(),
        };
    }

    private void AddRows(SessionEntry entry, int depth, DateTime start, int index)
    {
        var message = entry.Message;
        var (tokens, cost) = message.Type == MessageType.Tool ? _below.GetValueOrDefault(message.Id) : (entry.Tokens, message.CostNanodollars);
        var decision = message.ToolUseId is { } tool ? _decisions.GetValueOrDefault(tool) : null;
        var isRejected = message.Status == MessageStatus.Denied || (message.Type is MessageType.Decision or MessageType.Tool && decision is { IsAccepted: false });
        _rows.Add(new TimelineRow
        {
            Key = message.Id.ToString(),
            Kind = message.Type switch
            {
                MessageType.Generation or MessageType.Error or MessageType.Refusal => TimelineKind.Call,
                MessageType.Tool or MessageType.Decision => TimelineKind.Tool,
                _ => TimelineKind.Other,
            },
            Prompt = index,
            Depth = Math.Min(depth, MaxShownDepth),
            Message = message,
            Icon = message.Type == MessageType.Error ? null : cost is not null && message.Type == MessageType.Tool ? "bot" : entry.Line.Icon,
            Title = message.Type == MessageType.Prompt ? "prompt while at work" : entry.Line.Title,
            Detail = message.Status == MessageStatus.Denied ? null : entry.Line.Detail,
            Mark = isRejected ? "rejected"
                : message.RequestId is { } request && message.Type == MessageType.Generation && _refused.Contains(request) ? "refused"
                : entry.Line.IsBad ? "failed"
                : null,
            IsBad = entry.Line.IsBad,
            Offset = Part(entry.Start - start),
            Length = Part(entry.End - entry.Start),
            Took = entry.End - entry.Start,
            Tokens = tokens,
            CostNanodollars = cost,
        });

        var wait = message is { Type: MessageType.Tool, SpanId: { } span } ? _waits[span].FirstOrDefault() : null;
        if (wait is not null && (decision?.IsByPerson == true || wait.End - wait.Start >= s_wait))
        {
            _rows.Add(new TimelineRow
            {
                Key = wait.Message.Id.ToString(),
                Kind = TimelineKind.Wait,
                Prompt = index,
                Depth = Math.Min(depth + 1, MaxShownDepth),
                Message = wait.Message,
                Icon = "shield-check",
                Title = "waited for a person",
                Detail = isRejected ? "rejected" : "accepted",
                Offset = Part(wait.Start - start),
                Length = Part(wait.End - wait.Start),
                Took = wait.End - wait.Start,
            });
        }
    }

    private double Part(TimeSpan time) => Math.Clamp((double)time.Ticks / Scale.Ticks, 0, 1);
}
