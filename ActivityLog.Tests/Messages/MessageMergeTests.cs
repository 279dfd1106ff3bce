using System.Text.Json;
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

    [Property(Arbitrary = [typeof(Reports)], MaxTest = 10_000)]
    public void Merge_EventSpanAndDenialThatLeaveOutWhateverTheyLike_SameTextsAndMetadataInAnyOrderAndGrouping(ReportedCall call)
    {
        var expected = Texts(Store(call.Kinds.Select(kind => new[] { call.ToMessage(kind) })));

        var other = Texts(Store(call.Groups([.. call.Kinds, .. call.Shuffled]).Select(group => group.Select(call.ToMessage))));
        var shuffled = Texts(Store(call.Groups(call.Shuffled).Select(group => group.Select(call.ToMessage))));

        (other, shuffled).ShouldBe((expected, expected));
    }

    [Theory]
    [InlineData(0b000)]
    [InlineData(0b001)]
    [InlineData(0b010)]
    [InlineData(0b100)]
    [InlineData(0b011)]
    [InlineData(0b101)]
    [InlineData(0b110)]
    public void Merge_TwoEventsAndASpanOfOneToolCall_SameInAnyOrderAndNoTextIsLost(int silent)
    {
        (string Text, MessageParts Part)[] told = [("in1\n\nmore", MessageParts.Event), ("in2", MessageParts.Event), ("out", MessageParts.Span)];
        Message Report(int i) => A.Tool(s_system, "toolu_1", minute: i, with: m =>
        {
            (m.Parts, m.Body) = (told[i].Part, (silent >> i & 1) == 1 ? null : told[i].Text);
            m.SpanId = told[i].Part == MessageParts.Span ? 1 : null;
            m.Metadata = $$"""{"said":"{{i}}","same":1,"of.{{i}}":true}""";
        });
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        string[] inputs = [.. new[] { 1, 0 }.Where(i => (silent >> i & 1) == 0).Select(i => told[i].Text).Take(1)];

        var stored = orders.SelectMany(order => new[]
        {
            Store(order.Select(i => new[] { Report(i) })),
            Store([[Report(order[0]), Report(order[1])], [Report(order[2])], [Report(order[1])]]),
            Store([[Report(order[0])], [Report(order[1]), Report(order[2])]]),
        }).ToList();

        var text = string.Join("\n\n", inputs.Concat(silent >> 2 == 1 ? [] : new[] { "out" }));
        stored.Select(static message => message.Body).Distinct().ShouldBe([text]);
        stored.Select(Texts).Distinct().ShouldHaveSingleItem();
        var attributes = JsonDocument.Parse(stored[0].Metadata).RootElement;
        (attributes.GetProperty("said").GetString(), attributes.GetProperty("record.said").GetString(), attributes.GetProperty("span.said").GetString()).ShouldBe(("1", "0", "2"));
    }

    [Fact]
    public void Merge_EventAndSpanThatTellTheSameThenAnotherEvent_SpanKeepsItsText()
    {
        Message Report(int minute, MessageParts part, string text) => A.Tool(s_system, "toolu_1", minute, with: m => (m.Parts, m.Body) = (part, text));

        var both = MessageMerge.Merge(Report(0, MessageParts.Event, "text"), Report(0, MessageParts.Span, "text"), 100);
        both.Body.ShouldBe("text");

        MessageMerge.Merge(both, Report(1, MessageParts.Event, "other"), 100).Body.ShouldBe("other\n\ntext");
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
    private static Outcome Store(IEnumerable<IReadOnlyList<Part>> batches) => Outcome.Of(Store(batches.Select(static batch => batch.Select(static part => part.ToMessage()))));

    private static Message Store(IEnumerable<IEnumerable<Message>> batches)
    {
        Message? row = null;
        foreach (var batch in batches)
        {
            var incoming = batch.Aggregate(static (one, other) => MessageMerge.Merge(one, other, 100));
            row = row is null ? incoming
                : MessageMerge.Adds(MessageRank.Of(row), MessageRank.Of(incoming)) ? MessageMerge.Merge(row, incoming, 100)
                : row;
        }

        return row!;
    }

    // All that people read of a row, the attributes as they are shown: its own before the shared ones.
    private static string Texts(Message m)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var json in new[] { m.Attributes.Json, m.Metadata })
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                attributes[property.Name] = property.Value.GetRawText();
            }
        }

        return string.Join('|', [
            m.Parts, m.Name, m.TokenKey, m.Model, m.Provider, m.UserName, m.ToolName, m.AgentName, m.ServiceName, m.PromptId, m.RequestId, m.Error, m.Level, m.Status, m.Body,
            m.DurationMs, m.TimeToFirstTokenMs, m.SpanId, m.ParentSpanId, .. attributes]);
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

    /// <summary>An event, a span and a denial of one tool call, or some of them; the decision to deny tells of the call what the span tells, or nothing.</summary>
    /// <param name="Kinds">The reports that come.</param>
    /// <param name="Told">By kind, a bit for each thing that it tells.</param>
    /// <param name="Shuffled">Another order of them.</param>
    /// <param name="Seed">How they are grouped.</param>
    public sealed record ReportedCall(IReadOnlyList<MessageParts> Kinds, IReadOnlyDictionary<MessageParts, int> Told, IReadOnlyList<MessageParts> Shuffled, int Seed)
    {
        public const int Things = 16;

        public override string ToString() =>
            $"{string.Join(", ", Kinds.Select(kind => $"{kind} {Told[kind]:b16}"))}; then {string.Join(", ", Shuffled)}; grouped by {Seed}";

        internal IEnumerable<IReadOnlyList<MessageParts>> Groups(IReadOnlyList<MessageParts> kinds)
        {
            var random = new Random(Seed);
            for (var start = 0; start < kinds.Count;)
            {
                var size = random.Next(1, 4);
                yield return [.. kinds.Skip(start).Take(size)];
                start += size;
            }
        }

        internal Message ToMessage(MessageParts kind) => A.Tool(s_system, "toolu_1", with: m =>
        {
            var said = kind == MessageParts.Event ? "event" : "span";
            string? Text(int thing) => (Told[kind] >> thing & 1) == 1 ? $"{said} {thing}" : null;
            m.Parts = kind;
            m.Name = said;
            m.OccurredAt = A.Noon.AddSeconds((int)kind);
            m.TokenKey = (int)kind;
            m.Status = kind == MessageParts.Denial ? MessageStatus.Denied : Text(0) is null ? null : MessageStatus.Ok;
            m.DurationMs = Text(1)?.Length;
            m.TimeToFirstTokenMs = Text(2)?.Length;
            m.Level = Text(3) is null ? null : MessageLevel.Error;
            (m.Model, m.Provider, m.UserName, m.ToolName, m.AgentName) = (Text(4), Text(5), Text(6), Text(7), Text(8));
            (m.ServiceName, m.PromptId, m.RequestId, m.Error) = (Text(9), Text(10), Text(11), Text(12));
            m.Body = kind == MessageParts.Denial ? null : Text(13);
            m.SpanId = kind == MessageParts.Span ? 1 : null;
            m.ParentSpanId = kind == MessageParts.Span ? 2 : null;
            m.TraceId = kind == MessageParts.Span ? new byte[16] : null;
            m.Metadata = Text(14) is null ? "{}" : $$"""{"{{said}}":1,"both":"{{said}}"}""";
            m.Attributes = Text(15) is null ? AttributeSet.Empty : AttributeSet.Create($$"""{"shared":"{{said}}","both":"shared of {{said}}"}""");
        });
    }

    /// <summary>One report of the call: an event, a span, or that it was denied.</summary>
    public sealed record Part(bool IsEvent, bool IsDenial, bool HasTokens, bool HasCost, bool HasTime, int Number, int Start)
    {
        internal Message ToMessage() => IsDenial
            ? A.Generation(s_system, "req_1", with: static m =>
            {
                (m.Parts, m.InputTokens, m.OutputTokens, m.CacheReadTokens, m.CacheCreateTokens) = (MessageParts.Denial, null, null, null, null);
                (m.CostNanodollars, m.Model, m.OccurredAt) = (null, null, A.Noon);
            })
            : IsEvent
            ? A.Generation(s_system, "req_1", minute: Number, costNanodollars: Number, with: m =>
            {
                m.Marks = HasTime ? MessageMarks.None : MessageMarks.TimeOfArrival;
                Fill(m);
            })
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
                from hasTime in Gen.Elements(true, true, false)
                from number in Gen.Choose(1, 4)
                select kind switch
                {
                    "event" => new Part(true, false, hasTokens, hasCost, hasTime, number, 0),
                    // One span says one thing, however often it comes.
                    "span" => new Part(false, false, number % 2 == 0, number > 2, true, number, number),
                    _ => new Part(false, true, false, false, true, 0, 0),
                }, count))
            from shuffled in Gen.Shuffle(parts)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Call(parts, shuffled, seed));
    }

    /// <summary>Generates calls of which each kind of report tells this and leaves out that.</summary>
    public static class Reports
    {
        private static readonly MessageParts[] s_kinds = [MessageParts.Event, MessageParts.Span, MessageParts.Denial];

        public static Arbitrary<ReportedCall> Call() => Arb.From(
            from kinds in Gen.SubListOf(s_kinds)
            where kinds.Count > 0
            from @event in Gen.Choose(0, (1 << ReportedCall.Things) - 1)
            from span in Gen.Choose(0, (1 << ReportedCall.Things) - 1)
            from denial in Gen.Choose(0, (1 << ReportedCall.Things) - 1)
            from shuffled in Gen.Shuffle(kinds.ToArray())
            from seed in Gen.Choose(0, int.MaxValue)
            select new ReportedCall(
                [.. kinds], new Dictionary<MessageParts, int> { [MessageParts.Event] = @event, [MessageParts.Span] = span, [MessageParts.Denial] = denial & span }, shuffled, seed));
    }
}
