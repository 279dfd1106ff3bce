using ActivityLog.Core.Messages;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ActivityLog.Tests.Messages;

/// <summary>The parts of one call, whatever they say and in whatever order and groups they come, make the same message.</summary>
public sealed class MessageMergeTests
{
    private static readonly MonitoredSystem s_system = new() { Key = 1, Id = Guid.Empty, Name = "Tests" };

    [Property(Arbitrary = [typeof(Calls)], MaxTest = 20_000)]
    public void Merge_PartsOfOneCall_SameInAnyOrderAndGrouping(Call call)
    {
        var expected = Store(call.Parts.Select(static part => new[] { part }));

        var other = Store(call.Groups(call.Shuffled));

        other.ShouldBe(expected);
    }

    [Property(Arbitrary = [typeof(Calls)], MaxTest = 20_000)]
    public void Merge_PartsThatComeAgain_ChangeNothing(Call call)
    {
        var expected = Store(call.Parts.Select(static part => new[] { part }));

        var other = Store(call.Groups([.. call.Parts, .. call.Shuffled]));

        other.ShouldBe(expected);
    }

    [Fact]
    public void Merge_EventWithTokensAndSpanWithOthers_TokensAreOfTheEventAlone()
    {
        var merged = MessageMerge.Merge(
            A.GenerationSpan(s_system, "req_1", with: static m => (m.InputTokens, m.CacheReadTokens) = (200, 800)),
            A.Generation(s_system, "req_1", with: static m => (m.InputTokens, m.CacheReadTokens, m.CacheCreateTokens) = (1000, null, null)),
            bodyCharacters: 100);

        (merged.InputTokens, merged.CacheReadTokens, merged.CacheCreateTokens).ShouldBe((1000, null, null));
    }

    [Fact]
    public void Merge_EventWithoutTokens_TokensAreOfTheSpan()
    {
        var merged = MessageMerge.Merge(
            A.Generation(s_system, "req_1", with: static m => (m.InputTokens, m.OutputTokens, m.CacheReadTokens, m.CacheCreateTokens) = (null, null, null, null)),
            A.GenerationSpan(s_system, "req_1"),
            bodyCharacters: 100);

        (merged.InputTokens, merged.OutputTokens, merged.CacheReadTokens, merged.CacheCreateTokens).ShouldBe((10, 20, 300, 40));
    }

    // As the store does it: parts of one batch are folded; then what adds nothing is left, what adds is joined with the row.
    private static Outcome Store(IEnumerable<IReadOnlyList<Part>> batches)
    {
        Message? row = null;
        foreach (var batch in batches)
        {
            var incoming = batch.Select(static part => part.ToMessage()).Aggregate(static (one, other) => MessageMerge.Merge(one, other, 100));
            row = row is null ? incoming
                : MessageMerge.Adds(MessageRank.Of(row), MessageRank.Of(incoming)) ? MessageMerge.Merge(row, incoming, 100)
                : row;
        }

        return Outcome.Of(row!);
    }

    /// <summary>What is told of a call, and another order of it.</summary>
    public sealed record Call(IReadOnlyList<Part> Parts, IReadOnlyList<Part> Shuffled, int Seed)
    {
        public override string ToString() => $"{string.Join(", ", Parts)}; then {string.Join(", ", Shuffled)}; grouped by {Seed}";

        public IEnumerable<IReadOnlyList<Part>> Groups(IReadOnlyList<Part> parts)
        {
            var random = new Random(Seed);
            for (var start = 0; start < parts.Count;)
            {
                var size = random.Next(1, 4);
                yield return [.. parts.Skip(start).Take(size)];
                start += size;
            }
        }
    }

    /// <summary>One report of the call: an event, a span, or that it was denied.</summary>
    public sealed record Part(bool IsEvent, bool IsDenial, bool HasTokens, bool HasCost, int Number, int Start)
    {
        internal Message ToMessage() => IsDenial
            ? A.Generation(s_system, "req_1", with: static m =>
            {
                (m.Parts, m.InputTokens, m.OutputTokens, m.CacheReadTokens, m.CacheCreateTokens) = (MessageParts.Denial, null, null, null, null);
                (m.CostNanodollars, m.Model, m.OccurredAt) = (null, null, A.Noon);
            })
            : IsEvent
            ? A.Generation(s_system, "req_1", minute: Number, costNanodollars: Number, with: m => Fill(m))
            : A.GenerationSpan(s_system, "req_1", minute: Number, with: m =>
            {
                m.StartedAt = A.Noon.AddSeconds(Start);
                m.SpanId = Start * 10;
                m.Status = Start % 2 == 0 ? MessageStatus.Ok : MessageStatus.Error;
                Fill(m);
            });

        private void Fill(Message message)
        {
            message.UserName = $"user {Number}";
            message.Model = $"model {Number}";
            message.CostNanodollars = HasCost ? Number : null;
            long? tokens = HasTokens ? Number : null;
            (message.InputTokens, message.OutputTokens, message.CacheReadTokens, message.CacheCreateTokens) = (tokens, tokens * 2, tokens * 3, tokens * 4);
        }
    }

    private sealed record Outcome(
        MessageParts Parts, MessageMarks Marks, DateTime OccurredAt, DateTime? StartedAt, MessageStatus? Status, string? Model, string? UserName, long? SpanId,
        long? Input, long? Output, long? CacheRead, long? CacheCreate, long? Cost)
    {
        public static Outcome Of(Message m) => new(
            m.Parts, m.Marks, m.OccurredAt, m.StartedAt, m.Status, m.Model, m.UserName, m.SpanId,
            m.InputTokens, m.OutputTokens, m.CacheReadTokens, m.CacheCreateTokens, m.CostNanodollars);
    }

    /// <summary>Generates calls.</summary>
    public static class Calls
    {
        public static Arbitrary<Call> Call() => Arb.From(
            from parts in Gen.Choose(1, 6).SelectMany(static count => Gen.ArrayOf(
                from kind in Gen.Elements("event", "event", "span", "span", "denial")
                from hasTokens in Gen.Elements(true, false)
                from hasCost in Gen.Elements(true, false)
                from number in Gen.Choose(1, 4)
                select kind switch
                {
                    "event" => new Part(true, false, hasTokens, hasCost, number, 0),
                    // One span says one thing, however often it comes.
                    "span" => new Part(false, false, number % 2 == 0, number > 2, number, number),
                    _ => new Part(false, true, false, false, 0, 0),
                }, count))
            from shuffled in Gen.Shuffle(parts)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Call(parts, shuffled, seed));
    }
}
