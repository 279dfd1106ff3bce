using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Web.Messages;

namespace ActivityLog.Tests.Messages;

public sealed class FeedListTests
{
    [Fact]
    public void Merge_NewerAndLateRows_EachStandsWhereItBelongs()
    {
        var (old, older) = (Message(2), Message(1));
        var feed = Feed(old, older);
        var (newer, late) = (Message(4), Message(1.5));

        feed.Merge(new MessagePage([newer, old, late, older], null)).ShouldBe([newer.Id, late.Id]);

        feed.Rows.ShouldBe([newer, old, late, older]);
    }

    [Fact]
    public void Merge_RowThatGotAPart_IsReplaced()
    {
        var row = Message(1);
        var feed = Feed(row);

        feed.Merge(new MessagePage([row with { TraceId = "t" }], null)).ShouldBeEmpty();

        feed.Rows.ShouldHaveSingleItem().TraceId.ShouldBe("t");
    }

    [Fact]
    public void Merge_PageThatDoesNotReachDown_StartsAnewWithoutAGap()
    {
        var feed = Feed(Message(1));
        var newest = Message(9);

        feed.Merge(new MessagePage([newest], "next"));

        feed.Rows.ShouldBe([newest]);
        feed.Older.ShouldBe("next");
    }

    [Fact]
    public void AddOlder_NextPage_IsAppended()
    {
        var (first, second) = (Message(2), Message(1));
        var feed = new FeedList();
        feed.Reset(new MessagePage([first], "next"));

        feed.AddOlder(new MessagePage([second], null));

        feed.Rows.ShouldBe([first, second]);
        feed.Older.ShouldBeNull();
    }

    [Fact]
    public void Trim_MoreRowsThanAreKept_TheOldestGoAndOlderLeadsToThem()
    {
        var rows = Enumerable.Range(0, FeedList.MaxRows + 5).Select(static second => Message(-second)).ToArray();
        var feed = Feed(rows);

        feed.Trim();

        feed.Rows.ShouldBe(rows[..FeedList.MaxRows]);
        var last = rows[FeedList.MaxRows - 1];
        MessageCursor.TryParse(feed.Older.ShouldNotBeNull()).ShouldBe(new MessageCursor(UnixMicroseconds.From(last.OccurredAt), MessageKey.FromGuid(last.Id)));
        feed.New(new MessagePage(rows, null)).Count.ShouldBe(5);
    }

    [Fact]
    public void Trim_FewRows_LeavesThem()
    {
        var row = Message(1);
        var feed = Feed(row);

        feed.Trim();

        feed.Rows.ShouldBe([row]);
        feed.Older.ShouldBeNull();
    }

    [Fact]
    public void Reset_RowsOfTheSameMoment_StandInTheStoresOrder()
    {
        var keys = new[] { new MessageKey(1, 1), new MessageKey(0, 5), new MessageKey(0, -5), new MessageKey(-1, 9) };
        var rows = keys.Select(static key => Message(1) with { Id = key.ToGuid() }).ToArray();

        Feed(rows).Rows.ShouldBe(rows);
    }

    private static FeedList Feed(params MessageView[] rows)
    {
        var feed = new FeedList();
        feed.Reset(new MessagePage(rows, null));
        return feed;
    }

    private static MessageView Message(double second) => new()
    {
        Id = Guid.NewGuid(),
        SystemId = Guid.Empty,
        Signal = MessageSignal.Log,
        Type = MessageType.Log,
        Name = "log",
        OccurredAt = DateTime.UnixEpoch.AddSeconds(second),
        ReceivedAt = DateTime.UnixEpoch,
        Metadata = new Dictionary<string, JsonElement>(),
    };
}
