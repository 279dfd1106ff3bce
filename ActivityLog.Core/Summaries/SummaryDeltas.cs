using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// What rows that come, change and go do to the sums and to the rows of sessions; of one transaction, whose settings the rules are. Not safe for threads.
/// </summary>
internal sealed class SummaryDeltas(SummaryRules rules)
{
    private readonly SumFold _spend = new(SumTable.Spend);
    private readonly SumFold _tools = new(SumTable.Tools);
    private readonly SumFold _counts = new(SumTable.Counts);
    private readonly SumFold _sessions = new(SumTable.Sessions);
    private readonly Dictionary<(int System, long Key), string> _sets = [];
    private readonly Dictionary<SessionRef, SessionChange> _sessionRows = [];

    /// <summary>The rules.</summary>
    public SummaryRules Rules => rules;

    /// <summary>The sums of metrics.</summary>
    public SumFold Metrics { get; } = new(SumTable.Metrics);

    /// <summary>The sets that the rows of the sums refer to, in the order of their keys.</summary>
    public IEnumerable<(int System, SummarySet Set)> Sets =>
        _sets.OrderBy(static set => set.Key).Select(static set => (set.Key.System, new SummarySet(set.Key.Key, set.Value)));

    /// <summary>What changes in the rows of sessions, in the order of their keys.</summary>
    public IEnumerable<(SessionRef Session, SessionChange Change)> Sessions =>
        _sessionRows.OrderBy(static session => session.Key).Select(static session => (session.Key, session.Value));

    /// <summary>The rows to append, table by table.</summary>
    public IEnumerable<(SumTable Table, IReadOnlyList<SumDelta> Deltas)> Tables()
    {
        SumFold[] folds = [_spend, _tools, _counts, _sessions, Metrics];
        foreach (var fold in folds)
        {
            if (fold.ToDeltas() is { Count: > 0 } deltas)
            {
                yield return (fold.Table, deltas);
            }
        }
    }

    /// <summary>A row that came.</summary>
    /// <param name="row">The row.</param>
    /// <param name="attributes">JSON of its attribute set; null for one that was looked through before (<see cref="Knows"/>).</param>
    public void Add(MessageRow row, string? attributes)
    {
        Sum(row, attributes, negative: false);
        if (IsOfSession(row))
        {
            ChangeOf(row).Add(row);
        }
    }

    /// <summary>A row that went, or that is another one now.</summary>
    public void Remove(MessageRow row, string? attributes)
    {
        Sum(row, attributes, negative: true);
        if (IsOfSession(row))
        {
            ChangeOf(row).Remove(row);
        }
    }

    /// <summary>A row that counts no more: it is a repeat from now on.</summary>
    public void Repeat(MessageRow row, string? attributes)
    {
        Sum(row, attributes, negative: true);
        if (IsOfSession(row))
        {
            ChangeOf(row).Repeat(row);
        }

        row.Type = MessageType.Repeat;
        Sum(row, attributes, negative: false);
    }

    /// <summary>What a metric point adds, or adds no more.</summary>
    public void AddPoint(in MetricDimensions of, long occurredAt, double increment, bool negative)
    {
        var (amount, numbers) = (MetricAmount.Of(increment), default(SumNumbers));
        numbers[0] = amount.Whole;
        numbers[1] = amount.Nanos;
        numbers[2] = 1;
        var key = new SumKey(
            of.System, SummaryRules.QuarterOf(occurredAt), rules.DayOf(occurredAt), Session: 0, Note(of.System, of.Set), of.Name, of.User ?? 0, of.Model ?? 0, of.Service ?? 0);
        Metrics.Add(key, numbers, negative);
    }

    /// <summary>Whether the JSON of a row's attribute set isn't needed.</summary>
    public bool Knows(MessageRow row) =>
        rules.OfMessages.Knows(row.AttributeSetKey) && (row.Type != MessageType.Decision || rules.OfDecisions.Knows(row.AttributeSetKey));

    /// <summary>Notes that a row of the sums refers to a set.</summary>
    /// <returns>Its key.</returns>
    public long Note(int system, SummarySet set)
    {
        if (set.Key != 0)
        {
            _sets.TryAdd((system, set.Key), set.Json);
        }

        return set.Key;
    }

    private void Sum(MessageRow row, string? attributes, bool negative)
    {
        var set = Note(row.SystemKey, rules.OfMessages.Of(row.AttributeSetKey, attributes, row.Metadata).Set);
        var (quarter, day) = (SummaryRules.QuarterOf(row.OccurredAt), rules.DayOf(row.OccurredAt));
        var (model, user, service) = (row.ModelId ?? 0, row.UserId ?? 0, row.ServiceId ?? 0);
        _counts.Add(new(row.SystemKey, quarter, day, Session: 0, set, (int)row.Type, (int?)row.Status ?? 0, model, user, service), CountOf(row), negative);
        if (row.Type == MessageType.Generation)
        {
            var size = PromptSize.Of(row.InputTokens, row.CacheReadTokens, row.CacheCreateTokens);
            _spend.Add(new(row.SystemKey, quarter, day, Session: 0, set, model, user, service, size), SpendOf(row), negative, row.DurationMs, row.TtftMs);
        }
        else if (row.Type is MessageType.Tool or MessageType.Decision)
        {
            var numbers = row.Type == MessageType.Tool ? UseOf(row) : DecisionOf(row, attributes);
            var duration = row.Type == MessageType.Tool && row.Status != MessageStatus.Denied ? row.DurationMs : null;
            _tools.Add(new(row.SystemKey, quarter, day, Session: 0, set, row.ToolId ?? 0, user, service), numbers, negative, duration);
        }

        if (IsOfSession(row))
        {
            var key = new SumKey(row.SystemKey, quarter, day, row.SessionKey, set, user, row.Type == MessageType.Generation ? model : 0, service);
            _sessions.Add(key, SessionOf(row), negative);
        }
    }

    private static SumNumbers One
    {
        get
        {
            var numbers = default(SumNumbers);
            numbers[0] = 1;
            return numbers;
        }
    }

    private static SumNumbers CountOf(MessageRow row)
    {
        var numbers = One;
        numbers[1] = Attempts.RetriesOf(row);
        return numbers;
    }

    private static SumNumbers SpendOf(MessageRow row)
    {
        var numbers = One;
        numbers[1] = row.CostNanodollars ?? 0;
        numbers[2] = row.CostNanodollars is null ? 0 : 1;
        numbers[3] = row.InputTokens ?? 0;
        numbers[4] = row.OutputTokens ?? 0;
        numbers[5] = row.CacheReadTokens ?? 0;
        numbers[6] = row.CacheCreateTokens ?? 0;
        return numbers;
    }

    private static SumNumbers UseOf(MessageRow row)
    {
        var numbers = default(SumNumbers);
        numbers[0] = row.Status == MessageStatus.Denied ? 0 : 1;
        numbers[1] = row.Status == MessageStatus.Error ? 1 : 0;
        numbers[2] = row.Status == MessageStatus.Denied ? 1 : 0;
        return numbers;
    }

    private SumNumbers DecisionOf(MessageRow row, string? attributes)
    {
        var numbers = default(SumNumbers);
        if (rules.OfDecisions.Of(row.AttributeSetKey, attributes, row.Metadata)[0] is { } decision)
        {
            numbers[decision is "\"reject\"" or "\"denied\"" or "\"abort\"" ? 4 : 3] = 1;
        }

        return numbers;
    }

    private static SumNumbers SessionOf(MessageRow row)
    {
        var numbers = default(SumNumbers);
        numbers[0] = row.Type == MessageType.Prompt ? 1 : 0;
        numbers[2] = row.Type == MessageType.Tool && row.Status != MessageStatus.Denied ? 1 : 0;
        numbers[3] = row.Type == MessageType.Error ? 1 : 0;
        numbers[4] = 1;
        if (row.Type == MessageType.Generation)
        {
            numbers[1] = 1;
            numbers[5] = row.CostNanodollars ?? 0;
            numbers[6] = row.InputTokens ?? 0;
            numbers[7] = row.OutputTokens ?? 0;
            numbers[8] = row.CacheReadTokens ?? 0;
            numbers[9] = row.CacheCreateTokens ?? 0;
        }

        return numbers;
    }

    private static bool IsOfSession(MessageRow row) => row.SessionId is not null && row.Type != MessageType.Repeat;

    private SessionChange ChangeOf(MessageRow row)
    {
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessionRows, new(row.SystemKey, row.SessionKey), out _);
        return change ??= new();
    }
}
