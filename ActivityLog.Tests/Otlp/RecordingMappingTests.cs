using ActivityLog.Core.Messages;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Otlp;

public sealed class RecordingMappingTests
{
    public static TheoryData<string> Recordings => Recording.Theory;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_EachRecording_HasEveryRecordOnce(string name)
    {
        var recording = Recording.Load(name);
        var mapped = recording.Requests.Select(static request => Mapped.Of(request)).ToList();

        mapped.Sum(static one => one.Rejected).ShouldBe(0);
        var messages = mapped.SelectMany(static one => one.Messages).ToList();
        messages.Count(static message => message.Parts == MessageParts.Event).ShouldBe(recording.Totals.Events.Values.Sum());
        messages.Count(static message => message.Parts == MessageParts.Span).ShouldBe(recording.Totals.Spans.Values.Sum());
        mapped.Sum(static one => one.Points.Count).ShouldBe(recording.Totals.MetricPoints.Values.Sum());
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_EachRecording_AddsUpToItsTotalsByModelAndUser(string name)
    {
        var recording = Recording.Load(name);
        var generations = Rows(recording).Where(static message => message.Type == MessageType.Generation).ToList();

        Usage(generations, static message => message.Model!).ShouldBe(recording.Totals.Models, ignoreOrder: true);
        Usage(generations, static message => message.UserName!).ShouldBe(recording.Totals.Users, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_EachRecording_HasItsPromptsAndTools(string name)
    {
        var recording = Recording.Load(name);
        var rows = Rows(recording);

        rows.Count(static message => message.Type == MessageType.Prompt).ShouldBe(recording.Totals.Prompts);
        rows.Count(static message => message.Type == MessageType.Tool && message.Parts.HasFlag(MessageParts.Event))
            .ShouldBe(recording.Totals.ToolResults.Values.Sum());
        rows.Where(static message => message.Type == MessageType.Tool && message.Parts.HasFlag(MessageParts.Span))
            .ShouldAllBe(static message => message.Parts.HasFlag(MessageParts.Event) || message.Status == MessageStatus.Denied);
        rows.Where(static message => message is { Type: MessageType.Prompt, SessionId: not null }).DistinctBy(static message => message.SessionId).Count()
            .ShouldBe(recording.Totals.SessionsWithPrompts);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_EachRecordingTwice_FindsTheSameRows(string name)
    {
        var recording = Recording.Load(name);
        var requests = recording.Requests.Concat(recording.Requests.Reverse());

        Fold(requests).Messages.Count.ShouldBe(Fold(recording.Requests).Messages.Count);
        Fold(requests).Points.Count.ShouldBe(Fold(recording.Requests).Points.Count);
    }

    private static List<Message> Rows(Recording recording) => [.. Fold(recording.Requests).Messages.Select(static one => one.Message)];

    private static TelemetryFold Fold(IEnumerable<RecordedRequest> requests) => TelemetryFold.Of(
        [.. requests.Select(static request => Mapped.Of(request)).Select(static mapped => new TelemetryBatch(7, mapped.Messages, mapped.Points))]);

    private static Dictionary<string, UsageTotals> Usage(IEnumerable<Message> generations, Func<Message, string> groupBy) =>
        generations.GroupBy(groupBy).ToDictionary(static group => group.Key, static group => new UsageTotals(
            group.Count(),
            group.Sum(static message => message.InputTokens ?? 0),
            group.Sum(static message => message.OutputTokens ?? 0),
            group.Sum(static message => message.CacheReadTokens ?? 0),
            group.Sum(static message => message.CacheCreateTokens ?? 0),
            group.Sum(static message => message.CostNanodollars ?? 0),
            Nanodollars.ToMicrodollars(group.Sum(static message => message.CostNanodollars ?? 0))));
}
