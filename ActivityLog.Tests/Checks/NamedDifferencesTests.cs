using System.Globalization;
using System.Net.Http.Headers;
using ActivityLog.Tests.CostTruth.Once;
using ActivityLog.Tests.Support;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Tests.Checks;

/// <summary>
/// What the real CLI sent, and what years older versions of it would have sent of the same, with parts left out and requests sent twice: each difference is named
/// over the API, with its number, for everything, for each person and for each session.
/// </summary>
public abstract class NamedDifferencesTests(AppFixture fixture) : IAsyncLifetime
{
    // One with several people, sessions, errors and a resumed session.
    private const string Several = "protobuf";

    private readonly ActivityLogApp _app = fixture.App;
    private HttpClient _api = null!;

    public static TheoryData<string> WithSessions => [.. Recording.Names.Where(static name => name != "json-options")];

    public async Task InitializeAsync() => _api = await _app.LoginAsync();

    public Task DisposeAsync()
    {
        _api.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(WithSessions))]
    public async Task AnOlderSender_SentTwice_IsNamedAndItsSpansAreRepeatsForRangePersonAndSession(string name)
    {
        var pieces = Older(name, copies: 0, withoutSequence: false).Pieces();
        var system = await PostAsync([.. pieces, .. pieces]);

        foreach (var (query, of) in Parts(pieces))
        {
            var told = ToldUsage.Of(of);
            var rows = await CheckAsync(system, query);
            rows["events"].ShouldBe(Row(told.Events), query);
            rows["spans"].ShouldBe(Row(told.Spans) with { Cost = "" }, query);
            Differences(rows).ShouldBe(told.Events.ApiRequests == 0 ? [] : new Dictionary<string, CheckRow>
            {
                ["tooOld"] = new("yes", Text(told.Events.ApiRequests), "0", "0"),
                ["repeated"] = Row(told.Spans) with { Amiss = "no", Cost = "0" },
            }, ignoreOrder: true, query);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnOlderSender_WhoseCallsAreAlikeButForAMoment_HasAllOfThemCountedOnce(int copies)
    {
        var pieces = Older(Several, copies, withoutSequence: true).Pieces();
        var original = Older(Several, copies: 0, withoutSequence: true).Pieces();
        var system = await PostAsync([.. pieces, .. pieces.Reverse()]);

        foreach (var (query, of) in Parts(pieces).Zip(Parts(original), static (one, other) => (one.Query, (one.Of, Metrics: ToldUsage.Of(other.Of).Events))))
        {
            var told = ToldUsage.Of(of.Of);
            var rows = await CheckAsync(system, query);
            var expected = new Dictionary<string, CheckRow>
            {
                ["tooOld"] = new("yes", Text(told.Events.ApiRequests), "0", "0"),
                ["repeated"] = Row(told.Spans) with { Amiss = "no", Cost = "0" },
                // The metrics knew nothing of the calls beside.
                ["metricsDiffer"] = new("yes", rows["metricsDiffer"].Count, Text(-copies * of.Metrics.CostNanodollars / 1000m), Text(-copies * Tokens(of.Metrics))),
            };
            Differences(rows).Select(static row => (row.Key, row.Value with { Cost = Rounded(row.Value.Cost) }))
                .ShouldBe(expected.Select(static row => (row.Key, row.Value with { Cost = Rounded(row.Value.Cost) })), ignoreOrder: true, query);
        }
    }

    [Fact]
    public async Task AnOlderSender_WithoutSomeEvents_HasTheirSpansNamed()
    {
        var pieces = Older(Several, copies: 0, withoutSequence: true).Pieces();
        var lost = pieces.Where(ToldUsage.IsCallEvent).GroupBy(static piece => piece.Session).Where(static session => session.Count() > 1).Select(static session => session.ElementAt(1)).ToList();
        var system = await PostAsync(pieces.Except(lost));

        var rows = await CheckAsync(system, "");

        lost.Count.ShouldBeGreaterThan(2);
        var (told, without) = (ToldUsage.Of(pieces.Except(lost)), ToldUsage.Of(lost).Events);
        rows["tooOld"].Count.ShouldBe(Text(told.Events.ApiRequests));
        rows["repeated"].ShouldBe(new("no", Text(told.Events.ApiRequests), "0", Text(Tokens(told.Events))));
        rows["spanWithoutEvent"].ShouldBe(new("yes", Text(lost.Count), "0", Text(Tokens(without))));
        rows["metricsDiffer"].Tokens.ShouldBe(Text(Tokens(without)));
    }

    [Fact]
    public async Task AnOlderSender_WithoutSomeSpans_HasTheirEventsNamed()
    {
        var pieces = Older(Several, copies: 0, withoutSequence: true).Pieces();
        var lost = pieces.Where(ToldUsage.IsCallSpan).GroupBy(static piece => piece.Session).Where(static session => session.Count() > 1).Select(static session => session.First()).ToList();
        var system = await PostAsync(pieces.Except(lost));

        var rows = await CheckAsync(system, "");

        var (told, without) = (ToldUsage.Of(pieces.Except(lost)), ToldUsage.Of(lost).Spans);
        rows["repeated"].ShouldBe(Row(told.Spans) with { Amiss = "no", Cost = "0" });
        // Which of them it is isn't known, so neither is what it cost.
        rows["eventWithoutSpan"].ShouldBe(new("yes", Text(lost.Count), "0", Text(Tokens(without))));
        rows.ShouldNotContainKey("metricsDiffer");
    }

    [Fact]
    public async Task AnOlderSender_OfEventsAlone_HasNothingToBeMatched()
    {
        var pieces = Older(Several, copies: 0, withoutSequence: true).Pieces();
        var system = await PostAsync(pieces.Where(static piece => piece.Signal != "traces"));

        var rows = await CheckAsync(system, "");

        Differences(rows).Keys.ShouldBe(["noSpans"]);
    }

    [Theory]
    [MemberData(nameof(WithSessions))]
    public async Task EventsLost_InTheMiddleOfSessions_AreToldByTheirNumber(string name)
    {
        var pieces = Piece.Of(Recording.Load(name));
        // Calls and prompts are neither first nor last of their session.
        var lost = pieces.Where(static piece => ToldUsage.IsCallEvent(piece) && ToldUsage.Sequence(piece) > 0).GroupBy(static piece => piece.Session)
            .Select(static session => session.First()).Where(piece => pieces.Any(later => later.Session == piece.Session && ToldUsage.Sequence(later) > ToldUsage.Sequence(piece))).ToList();
        var system = await PostAsync(pieces.Except(lost));

        foreach (var (query, of) in Parts(pieces))
        {
            var (left, without) = (of.Except(lost).ToList(), of.Intersect(lost).ToList());
            var rows = await CheckAsync(system, query);
            rows.GetValueOrDefault("lostBatch")?.Count.ShouldBe(Text(without.Count), query);
            rows.ContainsKey("lostBatch").ShouldBe(without.Count > 0, query);
            if (of.Any(static piece => piece.Signal == "traces"))
            {
                var spans = rows.Where(static row => row.Key is "spanWithoutEvent" or "noEvents").Sum(static row => long.Parse(row.Value.Count, CultureInfo.InvariantCulture));
                spans.ShouldBe(without.Count, query);
            }

            rows["events"].ShouldBe(Row(ToldUsage.Of(left).Events), query);
        }
    }

    [Fact]
    public async Task AnAttributeThatSomeEventsHave_MissesNoOthers()
    {
        var system = await PostAsync(Piece.Of(Recording.Load(Several)));

        var rows = await CheckAsync(system, "&metadata.query_source=agent:builtin:general-purpose&metadata.query_source=repl_main_thread&metadata.query_source=sdk");

        rows.ShouldNotContainKey("lostBatch");
    }

    [Fact]
    public async Task MetricsWithoutSessions_AreHeldAgainstTheCallsOfTheirPerson()
    {
        var pieces = Piece.Of(Recording.Load(Several)).Select(static piece => piece.Signal == "metrics" ? WithoutSession(piece) : piece).ToList();
        var system = await PostAsync(pieces);

        foreach (var (query, of) in Parts(pieces).Where(static part => !part.Query.Contains("sessionId", StringComparison.Ordinal)))
        {
            var usage = ToldUsage.Of(of).Events;
            var (rows, total) = await ReadAsync(system, query);
            Differences(rows).ShouldBeEmpty(query);
            rows["metrics"].Tokens.ShouldBe(Text(Tokens(usage)), query);
            total.ShouldBe((Text(usage.ApiRequests), Rounded(Text(usage.CostNanodollars / 1000m)), Text(Tokens(usage))), query);
        }
    }

    [Fact]
    public async Task MetricsWithoutSessions_OfAPersonWithoutCalls_AloneTell()
    {
        var pieces = Piece.Of(Recording.Load(Several)).Where(static piece => piece.Signal == "metrics" || ToldUsage.User(piece) != "bob")
            .Select(static piece => piece.Signal == "metrics" ? WithoutSession(piece) : piece).ToList();
        var system = await PostAsync(pieces);

        var (rows, total) = await ReadAsync(system, "");

        var (bob, all) = (Recording.Load(Several).Totals.Users["bob"], Recording.Load(Several).Totals.Usage);
        Differences(rows).ShouldBe(new Dictionary<string, CheckRow> { ["metricsOnly"] = new("yes", "1", Text(bob.CostMicrocents), Text(Tokens(bob))) });
        total.Cost.ShouldBe(Text(all.CostMicrocents));
        total.Cost.ShouldBe(await SpendAsync(system));
    }

    [Fact]
    public async Task MetricsBesideSpansAlone_TellTheCostAndNotTheTokensOnceMore()
    {
        var system = await PostAsync(Piece.Of(Recording.Load(Several)).Where(static piece => piece.Signal != "logs"));

        var (rows, total) = await ReadAsync(system, "");

        var usage = Recording.Load(Several).Totals.Usage;
        Differences(rows).Keys.ShouldBe(["metricsOnly", "noEvents"], ignoreOrder: true);
        rows["metricsOnly"].ShouldBe(new("yes", Text(Sessions(Several)), Text(usage.CostMicrocents), "0"));
        rows["noEvents"].ShouldBe(new("no", Text(usage.ApiRequests), "0", Text(Tokens(usage))));
        total.ShouldBe((Text(usage.ApiRequests), Text(usage.CostMicrocents), Text(Tokens(usage))));
        total.Cost.ShouldBe(await SpendAsync(system));
    }

    [Fact]
    public async Task ARangeThatCutsASession_CountsWhatReportsCount()
    {
        var pieces = Piece.Of(Recording.Load(Several));
        var system = await PostAsync(pieces);
        var calls = await _api.GetStringAsync($"/api/v1/messages/export?systemId={system}&type=ai.generation&format=csv");

        // Just after each call: its metrics may come later than that.
        foreach (var time in Csv.Read(calls).Select(static row => row["occurredAt"]).Order(StringComparer.Ordinal).Where(static (_, i) => i % 5 == 0))
        {
            var from = DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).AddMilliseconds(1).ToString("O", CultureInfo.InvariantCulture);
            var (rows, total) = await ReadAsync(system, $"&from={Uri.EscapeDataString(from)}");
            total.Cost.ShouldBe(await SpendAsync(system, from), from);
            rows.ShouldNotContainKey("metricsOnly", from);
        }
    }

    private static OlderDelivery Older(string name, int copies, bool withoutSequence) =>
        new(new Delivery(name, Seed: 1, Shuffle: false, Most: 50, Again: 0, Connections: 1, Restart: false), Texts: true, WithoutTraces: true, withoutSequence, copies, Shift: 7);

    private static int Sessions(string name) => Piece.Of(Recording.Load(name)).Where(ToldUsage.IsCallSpan).Select(static piece => piece.Session).Distinct().Count();

    // Everything, each person, each session: parameters, and what is of them.
    private static IEnumerable<(string Query, IReadOnlyList<Piece> Of)> Parts(IReadOnlyList<Piece> pieces) =>
    [
        ("", pieces),
        .. pieces.GroupBy(ToldUsage.User).OrderBy(static user => user.Key, StringComparer.Ordinal)
            .Select(static user => ($"&user={user.Key}", (IReadOnlyList<Piece>)[.. user])),
        .. pieces.Where(static piece => piece.Session is not null && piece.Signal != "metrics").GroupBy(static piece => piece.Session!)
            .Where(static session => session.Any(ToldUsage.IsCallEvent)).OrderBy(static session => session.Key, StringComparer.Ordinal)
            .Select(static session => ($"&sessionId={session.Key}", (IReadOnlyList<Piece>)[.. session])),
    ];

    private static Piece WithoutSession(Piece piece)
    {
        var request = ((ExportMetricsServiceRequest)piece.Request).Clone();
        RepeatedField<KeyValue> attributes = request.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints[0].Attributes;
        attributes.Remove(attributes.Single(static attribute => attribute.Key == "session.id"));
        return piece with { Request = request };
    }

    private static Dictionary<string, CheckRow> Differences(Dictionary<string, CheckRow> rows) =>
        rows.Where(static row => row.Value.Amiss.Length > 0).ToDictionary();

    private static CheckRow Row(UsageTotals usage) => new("", Text(usage.ApiRequests), Text(usage.CostMicrocents), Text(Tokens(usage)));

    private static long Tokens(UsageTotals usage) => usage.InputTokens + usage.OutputTokens + usage.CacheReadTokens + usage.CacheCreationTokens;

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    // Metrics add binary numbers.
    private static string Rounded(string number) => Text(decimal.Round(decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)));

    private async Task<Guid> PostAsync(IEnumerable<Piece> pieces)
    {
        var system = await _app.CreateSystemAsync();
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _app.CreateTokenAsync(system));
        foreach (var part in pieces.Chunk(40).SelectMany(static some => some.GroupBy(static piece => piece.Signal)))
        {
            using var content = new ByteArrayContent(Piece.Join(part)) { Headers = { ContentType = new("application/x-protobuf") } };
            using var response = await client.PostAsync($"/v1/{part.Key}", content);
            ((int)response.StatusCode).ShouldBe(200);
        }

        await _app.SettleAsync();
        return system;
    }

    private async Task<Dictionary<string, CheckRow>> CheckAsync(Guid system, string query) =>
        Csv.Read(await _api.GetStringAsync($"/api/v1/reports/is-it-right?systemId={system}{query}&format=csv")).ToDictionary(
            static row => row["what"],
            static row => new CheckRow(
                row["isAmiss"], row["count"], row["costMicrocents"],
                Text(TokensOf(name => row[name].Length == 0 ? 0 : decimal.Parse(row[name], NumberStyles.Float, CultureInfo.InvariantCulture)))));

    private async Task<(Dictionary<string, CheckRow> Rows, (string Calls, string Cost, string Tokens) Total)> ReadAsync(Guid system, string query)
    {
        var total = System.Text.Json.JsonDocument.Parse(await _api.GetStringAsync($"/api/v1/reports/is-it-right?systemId={system}{query}")).RootElement.GetProperty("total");
        return (await CheckAsync(system, query), (total.GetProperty("count").GetRawText(), total.GetProperty("costMicrocents").GetRawText(), Text(TokensOf(name => total.GetProperty(name).GetDecimal()))));
    }

    private static decimal TokensOf(Func<string, decimal> number) => number("inputTokens") + number("outputTokens") + number("cacheReadTokens") + number("cacheCreateTokens");

    private async Task<string> SpendAsync(Guid system, string? from = null)
    {
        var report = await _api.GetStringAsync($"/api/v1/reports/cost-by-user?systemId={system}{(from is null ? "" : $"&from={Uri.EscapeDataString(from)}")}");
        return System.Text.Json.JsonDocument.Parse(report).RootElement.GetProperty("total").GetProperty("costMicrocents").GetRawText();
    }

    /// <summary>A row of the report.</summary>
    private sealed record CheckRow(string Amiss, string Count, string Cost, string Tokens);
}

public sealed class SqliteNamedDifferencesTests(SqliteAppFixture fixture) : NamedDifferencesTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresNamedDifferencesTests(PostgresAppFixture fixture) : NamedDifferencesTests(fixture), IClassFixture<PostgresAppFixture>;
