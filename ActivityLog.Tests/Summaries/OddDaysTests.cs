using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Summaries;

/// <summary>Liberia's clocks were off by 44 minutes and some seconds until 1972: no day of it began with a quarter of an hour.</summary>
public abstract class OddDaysTests(EngineFixture engine)
{
    private const string Zone = "Africa/Monrovia";

    private static readonly DateTime s_midnight = ZoneOffsets.Of(QueryTimes.TryFindZone(Zone)!).StartOf(new DateOnly(1971, 6, 2));

    [Fact]
    public async Task RebuildAsync_DaysThatBeginWithinAQuarter_ArePutRight()
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [
                        A.Generation(system, "late", with: static m => At(m, s_midnight.AddSeconds(-1))),
                        A.Generation(system, "early", costNanodollars: 2_000_000, with: static m => At(m, s_midnight)),
                        A.Generation(system, "turn", with: static m => At(m, new DateTime(1972, 1, 7, 0, 43, 59, DateTimeKind.Utc))),
                        A.Generation(system, "now"),
                    ],
                    [A.Point(system)]),
            ],
            CancellationToken.None);
        (s_midnight.Minute % 15).ShouldNotBe(0);
        await engine.Get<ISummaryChoices>().ChooseZoneAsync(QueryTimes.TryFindZone(Zone), CancellationToken.None);

        await engine.Get<ISummaryMaintenance>().RebuildAsync(static _ => { }, CancellationToken.None);

        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
        (await engine.Get<ISummaryMaintenance>().RebuildAsync(static _ => { }, CancellationToken.None)).ShouldBe(0);
        var report = engine.Get<IEnumerable<IReport>>().Single(static one => one.Info.Slug == "cost-by-day");
        var table = await report.RunAsync(Query.Report(system, $"tz={Zone}&from=1971-06-01&to=1971-06-02"), CancellationToken.None);
        var cost = table.Columns.Index().Single(static column => column.Item.Name == "costMicrocents").Index;
        table.Rows.Select(row => $"{row[0]} {row[cost]}").ShouldBe(["1971-06-01 1000000", "1971-06-02 2000000"]);
    }

    [Fact]
    public void Cut_DaysThatBeginWithinAQuarter_AreOfOneSliceWithAllBefore()
    {
        var calendar = new RebuildCalendar(TimeZoneInfo.FindSystemTimeZoneById(Zone));
        var day = new DateOnly(1971, 6, 1).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

        var slice = calendar.Cut(1, day, day + 4);

        slice.From.ShouldBeLessThan(0);
        (calendar.StartOf(slice.To) % (900 * UnixMicroseconds.PerSecond)).ShouldBe(0);
        slice.To.ShouldBeGreaterThan(new DateOnly(1972, 1, 7).DayNumber - new DateOnly(1970, 1, 1).DayNumber);
    }

    private static void At(Message message, DateTime time) => (message.OccurredAt, message.StartedAt) = (time, null);
}

public sealed class SqliteOddDaysTests(SqliteFixture engine) : OddDaysTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresOddDaysTests(PostgresFixture engine) : OddDaysTests(engine), IClassFixture<PostgresFixture>;
