using ActivityLog.Core.Checks;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Checks;

/// <summary>What the real CLI sent, whole and with requests left out, over real HTTP.</summary>
public abstract class SpendCheckTests(AppFixture fixture)
{
    // One with every signal, prompts and resumed sessions.
    private const string Whole = "protobuf";

    // One of few requests, five seconds apart.
    private const string Short = "protobuf-terminal";

    private readonly ActivityLogApp _app = fixture.App;

    public static TheoryData<string> Recordings => [.. Recording.Names];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task RunAsync_AWholeRecording_Agrees(string name)
    {
        var (system, token) = await CreateAsync();
        await _app.PostRecordingAsync(name, RecordingOrder.Recorded, token);

        var check = await RunAsync(system);

        var usage = Recording.Load(name).Totals.Usage;
        check.Differences.Where(static difference => difference.IsAmiss).Select(static difference => $"{difference.Kind} {difference.Count} {difference.Spend}").ShouldBeEmpty();
        check.Agrees.ShouldBeTrue();
        (check.Counted.Calls, check.Counted.CostNanodollars).ShouldBe((usage.ApiRequests, usage.CostNanodollars));
        check.Events.ShouldBe(check.Counted);
        foreach (var told in new[] { check.Spans, check.Metrics }.Where(static told => told.Tokens > 0))
        {
            (told.InputTokens, told.OutputTokens, told.CacheReadTokens, told.CacheCreateTokens)
                .ShouldBe((usage.InputTokens, usage.OutputTokens, usage.CacheReadTokens, usage.CacheCreationTokens));
        }
    }

    [Fact]
    public async Task RunAsync_TooManyMessages_SaysHowManyWithoutReadingThem()
    {
        var (system, _) = await CreateAsync();
        await using (var context = await _app.Services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync())
        {
            await context.Database.ExecuteSqlAsync(
                $"INSERT INTO count_sums (system_key, grain, at, type, set_key, messages) VALUES ({system.Key}, {(short)SummaryGrain.SubjectDay}, 20600, 0, 0, {SpendCheck.MaxMessages + 1})");
        }

        var check = await RunAsync(system);

        (check.IsTooLarge, check.Agrees, check.Messages).ShouldBe((true, false, SpendCheck.MaxMessages + 1));
    }

    [Fact]
    public async Task RunAsync_ARequestWithEventsLeftOut_NamesTheLostBatch()
    {
        var (system, token) = await CreateAsync();
        // Not a first or last one of its session, which nothing could tell.
        var lost = await PostWithoutOneAsync(token, "logs", static check => Kinds(check).Contains(SpendDifferenceKind.LostBatch), system);

        Kinds(lost).ShouldContain(SpendDifferenceKind.LostBatch);
        lost.Differences.ShouldContain(static difference => difference.Kind == SpendDifferenceKind.LostBatch && difference.Count > 0 && difference.Sessions.Count > 0);
        lost.Agrees.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_NoEventsOfACall_NamesTheSpanWithoutItsEventAndWhatMetricsTellMore()
    {
        var (system, token) = await CreateAsync();
        var check = await PostWithoutOneAsync(token, "logs", static check => Kinds(check).Contains(SpendDifferenceKind.SpanWithoutEvent), system);

        var span = check.Differences.Single(static difference => difference.Kind == SpendDifferenceKind.SpanWithoutEvent);
        var metrics = check.Differences.Single(static difference => difference.Kind == SpendDifferenceKind.MetricsDiffer);
        span.Spend.Tokens.ShouldBe(metrics.Spend.Tokens);
        metrics.Spend.CostNanodollars.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task RunAsync_ARequestWithSpansLeftOut_NamesTheEventsWithoutTheirSpan()
    {
        var (system, token) = await CreateAsync();
        var check = await PostWithoutOneAsync(token, "traces", static check => Kinds(check).Contains(SpendDifferenceKind.EventWithoutSpan), system);

        check.Differences.ShouldContain(static difference => difference.Kind == SpendDifferenceKind.EventWithoutSpan && difference.Spend.CostNanodollars > 0);
        (check.Events - check.Spans).Tokens.ShouldBe(check.Differences.Single(static difference => difference.Kind == SpendDifferenceKind.EventWithoutSpan).Spend.Tokens);
    }

    [Theory]
    [InlineData("metrics", SpendDifferenceKind.MetricsOnly, true)]
    [InlineData("traces", SpendDifferenceKind.NoEvents, false)]
    [InlineData("logs", SpendDifferenceKind.NoSpans, false)]
    [InlineData("logs", SpendDifferenceKind.NoMetrics, false)]
    public async Task RunAsync_OnlyOneSignal_SaysWhatIsToldByItAlone(string signal, SpendDifferenceKind kind, bool isAmiss)
    {
        var (system, token) = await CreateAsync();
        await PostAsync(token, Recording.Load(Whole).Requests.Where(request => request.Signal == signal));

        var check = await RunAsync(system);

        check.Differences.Single(difference => difference.Kind == kind).IsAmiss.ShouldBe(isAmiss);
        check.Agrees.ShouldBe(!isAmiss);
    }

    [Fact]
    public async Task RunAsync_OneSession_IsOfThatAlone()
    {
        var (system, token) = await CreateAsync();
        await _app.PostRecordingAsync(Whole, RecordingOrder.Recorded, token);
        using var api = await _app.LoginAsync();
        var sessions = await api.GetAsync($"/api/v1/sessions?systemId={system.Id}&sort=cost&take=1");
        var session = System.Text.Json.JsonDocument.Parse(await sessions.Content.ReadAsStringAsync()).RootElement.GetProperty("items")[0];

        var check = await RunAsync(system, session.GetProperty("sessionId").GetString());

        (check.Sessions, check.Counted.Calls).ShouldBe((1, session.GetProperty("generations").GetInt64()));
        Nanodollars.ToMicrodollars(check.Counted.CostNanodollars).ShouldBe(session.GetProperty("costMicrocents").GetInt64());
    }

    [Fact]
    public async Task Report_AsCsv_HasARowForEachSourceAndDifference()
    {
        var (system, token) = await CreateAsync();
        await PostAsync(token, Recording.Load(Whole).Requests.Where(static request => request.Signal == "logs"));
        using var api = await _app.LoginAsync();

        var rows = Csv.Read(await api.GetStringAsync($"/api/v1/reports/is-it-right?systemId={system.Id}&format=csv"));

        rows.Select(static row => row["what"]).ShouldBe(["events", "spans", "metrics", "noSpans", "noMetrics"]);
        rows[0]["costMicrocents"].ShouldBe(Recording.Load(Whole).Totals.Usage.CostMicrocents.ToString(System.Globalization.CultureInfo.InvariantCulture));
        rows[1]["costMicrocents"].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0 2 1 3", false)]
    [InlineData("0 2 3 4", true)]
    public async Task RunAsync_RangeThatEndsBetweenEvents_MissesOnlyWhatNeverCame(string numbers, bool isLost)
    {
        var (system, _) = await CreateAsync();
        var messages = numbers.Split(' ').Select((number, minute) => A.Generation(system, $"req_{number}", minute, with: message => message.Metadata = $$"""{"event.sequence":{{number}}}""")).ToList();
        await _app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, messages, [])], default);

        // The second of them is the last.
        var check = await _app.Services.GetRequiredService<SpendCheckStore>().RunAsync(
            new ReportQuery { SystemKeys = [system.Key], From = A.Noon.AddMinutes(-10), To = A.Noon.AddMinutes(2) }, null, CancellationToken.None);

        check.Events.Calls.ShouldBe(2);
        Kinds(check).Contains(SpendDifferenceKind.LostBatch).ShouldBe(isLost);
    }

    private static IEnumerable<SpendDifferenceKind> Kinds(SpendCheck check) => check.Differences.Select(static difference => difference.Kind);

    // Leaves out one request of a signal after the other, until what is left shows it.
    private async Task<SpendCheck> PostWithoutOneAsync(string token, string signal, Func<SpendCheck, bool> shows, MonitoredSystem first)
    {
        var requests = Recording.Load(Short).Requests;
        var system = first;
        foreach (var left in requests.Where(request => request.Signal == signal))
        {
            await PostAsync(token, requests.Where(request => request != left));
            var check = await RunAsync(system);
            if (shows(check))
            {
                return check;
            }

            (system, token) = await CreateAsync();
        }

        throw new InvalidOperationException("No request shows it.");
    }

    private async Task<(MonitoredSystem System, string Token)> CreateAsync()
    {
        var id = await _app.CreateSystemAsync();
        return ((await _app.Services.GetRequiredService<ISystemStore>().GetAsync(id, CancellationToken.None))!, await _app.CreateTokenAsync(id));
    }

    private async Task PostAsync(string token, IEnumerable<RecordedRequest> requests)
    {
        using var client = _app.CreateClient();
        foreach (var request in requests)
        {
            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message);
            ((int)response.StatusCode).ShouldBe(200);
        }

        await _app.SettleAsync();
    }

    private Task<SpendCheck> RunAsync(MonitoredSystem system, string? sessionId = null) =>
        _app.Services.GetRequiredService<SpendCheckStore>().RunAsync(new ReportQuery { SystemKeys = [system.Key] }, sessionId, CancellationToken.None);
}

public sealed class SqliteSpendCheckTests(SqliteAppFixture fixture) : SpendCheckTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresSpendCheckTests(PostgresAppFixture fixture) : SpendCheckTests(fixture), IClassFixture<PostgresAppFixture>;
