using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using static ActivityLog.Core.Messages.MessageKeys;

namespace ActivityLog.Tests.Summaries;

/// <summary>
/// Requests made of a seed, the same ones of the same seed: few sessions, calls, people and attributes, so that much comes twice, is merged, or meets in a group;
/// times around the ends of quarters and days.
/// </summary>
internal static class ArbitraryTelemetry
{
    public static readonly string[] Keys = ["vcs.repository.url.full", "team.id", "cost centre", "terminal.type"];

    private static readonly string[] s_people = ["alice", "bob", "carol"];
    private static readonly string[] s_models = ["claude-sonnet-5-5", "claude-haiku-5"];
    private static readonly string[] s_values = ["a", "b", "ä"];
    private static readonly string[] s_decisions = ["accept", "reject", "abort"];
    private static readonly string[] s_attempts = ["1", "2", "\"3\"", "\"04\"", "1000", "1001", "2.5", "\"many\"", "null"];
    private static readonly string[] s_types = ["input", "output", "added"];
    private static readonly int[] s_minutes = [0, 14, 15, 16, 44, 45, 59, 60];
    private static readonly int[] s_days = [0, 0, 0, 1, 2, 7, 30, 180, 190];

    /// <summary>A request.</summary>
    public static TelemetryBatch Batch(MonitoredSystem system, int seed, DateTime noon)
    {
        var random = new Random(seed);
        var messages = Enumerable.Range(0, random.Next(12)).Select(_ => Message(system, random, noon)).ToList();
        return new(1, messages, [.. Enumerable.Range(0, random.Next(8)).Select(_ => Point(system, random, noon))]);
    }

    private static Message Message(MonitoredSystem system, Random random, DateTime noon)
    {
        var session = $"session {random.Next(4)}";
        var call = $"call {random.Next(12)}";
        var message = random.Next(7) switch
        {
            0 or 1 => A.Generation(system, call, session: session),
            2 => A.GenerationSpan(system, call, session: session),
            3 => WithoutId(A.GenerationSpan(system, call, session: session), random.Next(1000)),
            4 => A.Tool(system, call, session: session, toolName: random.Next(2) == 0 ? "Bash" : "Edit"),
            _ => Other(system, random, session),
        };
        var time = Time(random, noon);
        (message.OccurredAt, message.StartedAt) = (time, random.Next(2) == 0 ? time.AddSeconds(-random.Next(4000)) : null);
        message.ExpiresAt = Expiry(random, time);
        message.UserName = random.Next(5) == 0 ? null : Of(random, s_people);
        message.Model = message.Type == MessageType.Generation ? Of(random, s_models) : message.Model;
        message.CostNanodollars = message.Type == MessageType.Generation && random.Next(4) > 0 ? random.NextInt64(3_000_000_000) : null;
        message.DurationMs = random.Next(3) == 0 ? null : random.NextDouble() * 100_000;
        message.TimeToFirstTokenMs = random.Next(3) == 0 ? null : random.Next(3000);
        message.InputTokens = message.Type == MessageType.Generation ? random.Next(300_000) : null;
        message.Status = random.Next(5) switch { 0 => MessageStatus.Error, 1 => MessageStatus.Denied, 2 => null, _ => MessageStatus.Ok };
        message.SessionId = message.Key.Session == Session(system.Key, SessionSource.Session, session) ? session : null;
        message.Attributes = Attributes(random);
        message.Metadata = Metadata(random, message.Type == MessageType.Decision ? $"\"decision\":\"{Of(random, s_decisions)}\"" : null);
        return message;
    }

    private static Message WithoutId(Message span, int number)
    {
        (span.RequestId, span.SpanId) = (null, number);
        return span;
    }

    private static Message Other(MonitoredSystem system, Random random, string session)
    {
        var type = Of(random, [MessageType.Prompt, MessageType.Error, MessageType.Log, MessageType.Decision]);
        var isAlone = random.Next(6) == 0;
        return new()
        {
            SystemKey = system.Key,
            Key = new(Session(system.Key, isAlone ? SessionSource.Content : SessionSource.Session, session), Content((ulong)random.Next(2000))),
            TokenKey = 1,
            Parts = MessageParts.Event,
            Type = type,
            Name = "event",
            OccurredAt = A.Noon,
            ReceivedAt = A.Noon,
            ServiceName = random.Next(2) == 0 ? "claude-code" : "another",
            ToolName = type == MessageType.Decision ? "Bash" : null,
        };
    }

    private static MetricPoint Point(MonitoredSystem system, Random random, DateTime noon)
    {
        var number = random.Next(9);
        var cumulative = number % 3 == 1;
        var (type, person) = (s_types[number % s_types.Length], s_people[number % 2]);
        var start = noon.AddHours(-random.Next(3));
        return new()
        {
            SystemKey = system.Key,
            SeriesKey = 1 + number,
            TokenKey = 1,
            Name = number % 2 == 0 ? "claude_code.cost.usage" : "claude_code.token.usage",
            Unit = "1",
            Kind = number == 8 ? MetricKind.Gauge : MetricKind.Sum,
            Temporality = cumulative ? MetricTemporality.Cumulative : MetricTemporality.Delta,
            StartedAt = start,
            OccurredAt = Time(random, noon),
            ReceivedAt = noon,
            ExpiresAt = Expiry(random, noon),
            Value = random.Next(4) == 0 ? random.Next(-5, 1000) : random.NextDouble() * 10,
            ServiceName = "claude-code",
            UserName = person,
            Model = number < 5 ? s_models[0] : null,
            Attributes = AttributeSet.Create($$"""{"team.id":"{{s_values[number % 3]}}"}"""),
            Metadata = $$"""{"type":"{{type}}","{{Keys[0]}}":"{{s_values[number % 2]}}","x":1}""",
        };
    }

    private static DateTime Time(Random random, DateTime noon) =>
        noon.AddDays(-Of(random, s_days)).AddHours(-random.Next(14)).AddMinutes(Of(random, s_minutes)).AddMicroseconds(random.Next(3) - 1);

    private static DateTime? Expiry(Random random, DateTime time) => random.Next(3) == 0 ? null : time.AddDays(200 + random.Next(60));

    private static AttributeSet Attributes(Random random) =>
        random.Next(3) == 0 ? AttributeSet.Empty : AttributeSet.Create($$"""{"{{Of(random, Keys)}}":"{{Of(random, s_values)}}","service.version":"1"}""");

    private static string Metadata(Random random, string? first)
    {
        var second = random.Next(2) == 0 ? $"\"{Of(random, Keys)}\":\"{Of(random, s_values)}\"" : null;
        var third = random.Next(3) == 0 ? $"\"attempt\":{Of(random, s_attempts)}" : null;
        return $"{{{string.Join(',', new[] { first, second, third }.OfType<string>())}}}";
    }

    private static T Of<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
