using ActivityLog.Core.Demo;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Pricing;

namespace ActivityLog.Tests.Demo;

public sealed class DemoStreamTests
{
    private static readonly DateOnly s_first = new(2026, 5, 4);
    private static readonly DateTime s_until = new(2026, 5, 25, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_SameCrowdTwice_SaysTheSame()
    {
        var (messages, points) = Play(s_until);
        var (again, pointsAgain) = Play(s_until);

        again.Select(Text).ShouldBe(messages.Select(Text));
        pointsAgain.Select(Text).ShouldBe(points.Select(Text));
    }

    [Fact]
    public void Of_LaterMoment_AddsToWhatWasThere()
    {
        var (before, pointsBefore) = Play(s_until.AddDays(-4).AddHours(10));
        var (after, pointsAfter) = Play(s_until);

        after.Count.ShouldBeGreaterThan(before.Count);
        before.Select(Text).Except(after.Select(Text)).ShouldBeEmpty();
        pointsBefore.Select(Text).Except(pointsAfter.Select(Text)).ShouldBeEmpty();
        before.ShouldAllBe(static message => message.OccurredAt < s_until.AddDays(-4).AddHours(10));
    }

    [Fact]
    public void Of_Generations_CostWhatTheListSays()
    {
        var prices = new PriceTable(ListedPrice.ReadAll().Select(static price => price.ToPrice()));
        var generations = Play(s_until).Messages.Where(static message => message.Type == MessageType.Generation).ToList();

        generations.Select(static message => message.Model).Distinct().Count().ShouldBeGreaterThan(4);
        foreach (var message in generations)
        {
            var price = prices.Find(message.Model, DateOnly.FromDateTime(message.OccurredAt))!;
            ((message.InputTokens + message.CacheReadTokens + message.CacheCreateTokens) <= (price.TierAboveTokens ?? long.MaxValue)).ShouldBeTrue();
            var cost = (message.InputTokens * price.Input) + (message.OutputTokens * price.Output)
                + (message.CacheReadTokens * price.CacheRead) + (message.CacheCreateTokens * price.CacheWrite5m);
            (message.CostNanodollars * 1_000_000).ShouldBe(cost);
        }
    }

    [Fact]
    public void Of_Metrics_SayWhatTheEventsSay()
    {
        var (messages, points) = Play(s_until);

        points.Where(static point => point.Name == "claude_code.cost.usage").Sum(static point => Nanodollars.FromUsd(point.Value)).ShouldBe(messages.Sum(static m => m.CostNanodollars ?? 0));
        points.Where(static point => point.Name == "claude_code.token.usage").Sum(static point => (long)point.Value)
            .ShouldBe(messages.Sum(static m => (m.InputTokens + m.OutputTokens + m.CacheReadTokens + m.CacheCreateTokens) ?? 0));
        points.Where(static point => point.Name == "claude_code.session.count").Sum(static point => point.Value).ShouldBe(messages.DistinctBy(static m => m.SessionId).Count());
    }

    [Fact]
    public void Of_Team_WorksAsTeamsDo()
    {
        var messages = Play(s_until).Messages;
        var generations = messages.Where(static message => message.Type == MessageType.Generation).ToList();

        var read = generations.Sum(static message => (double)message.CacheReadTokens!);
        (read / generations.Sum(static message => (double)(message.InputTokens + message.CacheReadTokens + message.CacheCreateTokens)!)).ShouldBeInRange(0.85, 0.96);
        messages.Select(static message => message.UserName!.Split('@')[0]).Distinct().Count().ShouldBe(12);
        var weekend = messages.Count(static message => message.OccurredAt.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        (weekend / (double)messages.Count).ShouldBeInRange(0.001, 0.2);
        foreach (var type in new[] { MessageType.Tool, MessageType.Decision, MessageType.Prompt, MessageType.Response, MessageType.Turn, MessageType.Error, MessageType.Event })
        {
            messages.ShouldContain(message => message.Type == type);
        }

        // Nothing was lost on the way: each session's events are numbered without a gap.
        foreach (var session in messages.Where(static message => message.Parts.HasFlag(MessageParts.Event)).GroupBy(static message => message.SessionId))
        {
            session.Select(static message => Metadata(message).GetProperty("event.sequence").GetInt32()).Order().ShouldBe(Enumerable.Range(0, session.Count()));
        }
    }

    private static (List<Message> Messages, List<MetricPoint> Points) Play(DateTime until)
    {
        var batches = DemoStream.Of(DemoCrowd.Team(s_first, days: 21), new(1, 1, RetentionDays: 90), until, rows: 1000).ToList();
        return ([.. batches.SelectMany(static batch => batch.Batch.Messages)], [.. batches.SelectMany(static batch => batch.Batch.Points)]);
    }

    private static string Text(Message message) => $"{message.Key} {message.OccurredAt:O} {message.Type} {message.CostNanodollars} {message.Body} {message.Metadata} {message.Attributes.Json}";

    private static string Text(MetricPoint point) => $"{point.SeriesKey} {point.StartedAt:O} {point.OccurredAt:O} {point.Value:R} {point.Metadata}";

    private static System.Text.Json.JsonElement Metadata(Message message) => System.Text.Json.JsonDocument.Parse(message.Metadata).RootElement;
}
