using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Messages;

public sealed class MessageQueryTests
{
    private static readonly MonitoredSystem s_system = new() { Key = 7, Id = Guid.NewGuid(), Name = "seen" };

    [Fact]
    public void TryParse_Nothing_IsTheFirstPageOfAllThatMayBeSeen()
    {
        var query = Query.Messages(s_system);

        query.SystemKeys.ShouldBe([7]);
        query.Take.ShouldBe(50);
        (query.From, query.To, query.Search, query.Cursor).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void TryParse_RepeatedParameter_IsOneFilterOfSeveralValues()
    {
        var query = Query.Messages(s_system, "model=a&model=b&metadata.team=x&meta.team=y&status=error");

        query.Filters.Select(static f => (f.Field.Name, f.Values.Count)).ShouldBe([("model", 2), ("metadata.team", 2), ("status", 1)]);
    }

    [Fact]
    public void TryParse_ASystemThatMayNotBeSeen_IsNeverAsked()
    {
        Query.Messages(s_system, $"systemId={Guid.NewGuid()}").SystemKeys.ShouldBeEmpty();
        Query.Messages(s_system, $"systemId={Guid.NewGuid()}&systemId={s_system.Id}").SystemKeys.ShouldBe([7]);
    }

    [Theory]
    [InlineData("Type=ai.generation", "Type", "serviceName")]
    [InlineData("modle=x", "modle", "model")]
    [InlineData("type=ai.generatoin", "type", "ai.generation")]
    [InlineData("type=2", "type", "ai.generation")]
    [InlineData("level=WARN", "level", "warn")]
    [InlineData("systemId=7", "systemId", "UUID")]
    [InlineData("traceId=xyz", "traceId", "32 hexadecimal digits")]
    [InlineData("take=0", "take", "1 to 1000")]
    [InlineData("take=1001", "take", "1 to 1000")]
    [InlineData("take=+1", "take", "1 to 1000")]
    [InlineData("from=yesterday", "from", "2026-05-01")]
    [InlineData("from=2026-05-01T00:00:00", "from", "offset")]
    [InlineData("from=2026-02-30", "from", "2026-05-01")]
    [InlineData("from=0001-01-04", "from", "1970-01-01")]
    [InlineData("from=1969-12-31T23:59:59Z", "from", "1970-01-01")]
    [InlineData("to=2200-01-02", "to", "2200-01-01")]
    [InlineData("to=9999-12-31T23:59:59.9999999Z", "to", "2200-01-01")]
    [InlineData("to=2026-05-01&to=2026-05-02", "to", "once")]
    [InlineData("tz=Mars/Olympus", "tz", "Europe/Berlin")]
    [InlineData("tz=W. Europe Standard Time", "tz", "IANA")]
    [InlineData("metadata.=x", "metadata.", "metadata.<key>")]
    [InlineData("inputTokens=5", "inputTokens", "model")]
    [InlineData("groupBy=nothing", "groupBy", "userName")]
    [InlineData("groupBy=model,day,hour,type", "groupBy", "at most 3")]
    [InlineData("groupBy=model,model", "groupBy", "twice")]
    [InlineData("metric=sum(model)", "metric", "costMicrocents")]
    [InlineData("metric=count(model)", "metric", "count()")]
    [InlineData("metric=p90(durationMs)", "metric", "p95")]
    [InlineData("metric=count", "metric", "count()")]
    [InlineData("order=model", "order", "count()")]
    [InlineData("order=count() down", "order", "asc or desc")]
    [InlineData("cursor=abc", "cursor", "groupBy")]
    public void TryParse_WhatIsntKnownOrCantBe_IsNamedWithWhatIsAllowed(string text, string parameter, string allowed)
    {
        var error = Query.ErrorOf(text.Contains("metric=", StringComparison.Ordinal) ? text : text + "&metric=count()");

        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldContain(allowed);
    }

    [Fact]
    public void TryParse_NoMetric_SaysThatItIsRequired() => Query.ErrorOf("groupBy=model").Message.ShouldContain("metric is required");

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void TryParse_CursorThatIsNone_IsAnError(string cursor)
    {
        MessageQuery.TryParse(Query.Parameters("cursor=" + Uri.EscapeDataString(cursor)), Query.Scope(s_system), out _, out var error).ShouldBeFalse();

        error.Parameter.ShouldBe("cursor");
    }

    [Fact]
    public void TryParse_CursorHandedOut_ComesBack()
    {
        var cursor = new MessageCursor(1_234_567, new MessageKey(long.MinValue, -1));

        Query.Messages(s_system, $"cursor={cursor}").Cursor.ShouldBe(cursor);
    }

    [Theory]
    [InlineData("from=2026-05-01&tz=Europe/Berlin", "2026-04-30T22:00:00Z")]
    [InlineData("from=2026-05-01&tz=Asia/Kolkata", "2026-04-30T18:30:00Z")]
    [InlineData("from=2026-05-01T08:00:00%2B02:00", "2026-05-01T06:00:00Z")]
    [InlineData("from=2026-05-01T08:00:00 02:00", "2026-05-01T06:00:00Z")]
    [InlineData("from=2026-05-01T08:00:00.5Z", "2026-05-01T06:00:00Z", 2.0001388888888889)]
    [InlineData("from=2026-05-01T08:00:00.500000000Z", "2026-05-01T06:00:00Z", 2.0001388888888889)]
    [InlineData("from=2026-09-06&tz=America/Santiago", "2026-09-06T04:00:00Z")] // clocks skip from 0:00 to 1:00
    public void TryParse_From_IsAMoment(string text, string expected, double hoursLater = 0)
    {
        var from = Query.Messages(s_system, text).From!.Value;

        from.ShouldBe(Utc(expected).AddHours(hoursLater), TimeSpan.FromMilliseconds(1));
        from.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("to=2026-05-01", "2026-05-02T00:00:00Z")]
    [InlineData("to=2026-10-25&tz=Europe/Berlin", "2026-10-25T23:00:00Z")]
    [InlineData("to=2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z")]
    public void TryParse_ToAsDate_IsTheEndOfThatDay(string text, string expected) => Query.Messages(s_system, text).To.ShouldBe(Utc(expected));

    [Fact]
    public void Parameters_OfEachQuery_AreAllDescribed()
    {
        MessageQuery.Parameters.ShouldAllBe(static p => p.Name.Length > 0 && p.Description.Length > 0);
        MessageAggregate.Parameters.Select(static p => p.Name).ShouldContain("groupBy");
        MessageFields.Table.All.Select(static f => f.Name).ShouldBeUnique();
    }

    private static DateTime Utc(string text) => QueryTimes.TryParse(text, TimeZoneInfo.Utc, isEnd: false)!.Value;
}
