using System.Collections.Concurrent;
using System.Net.Http.Headers;
using ActivityLog.Tests.Support;
using FsCheck.Xunit;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>
/// In whatever order, groups and repetition what the real CLI told arrives, over one connection or several, with restarts in between: it is kept once, and adds
/// up to what it was counted to be. A failure prints the delivery and the seed that makes it again.
/// </summary>
public abstract class OnceTests(AppFixture fixture)
{
    private readonly ActivityLogApp _app = fixture.App;
    private readonly ConcurrentDictionary<string, List<string>> _expected = [];

    [Property(Arbitrary = [typeof(Delivery.Any)], MaxTest = 40)]
    public async Task Recording_DeliveredInAnyWay_IsKeptOnceAndAddsUpToItsTotals(Delivery delivery)
    {
        var recording = Recording.Load(delivery.Recording);
        var pieces = Piece.Of(recording);
        if (!_expected.TryGetValue(recording.Name, out var expected))
        {
            var reference = await _app.CreateSystemAsync();
            await PostAsync(delivery with { Shuffle = false, Again = 0, Most = 1, Connections = 1, Restart = false }, pieces, await _app.CreateTokenAsync(reference));
            expected = _expected[recording.Name] = await StoredRows.ReadAsync(_app.Services, reference);
        }

        var systemId = await _app.CreateSystemAsync();
        await PostAsync(delivery, pieces, await _app.CreateTokenAsync(systemId));

        using var api = await _app.LoginAsync();
        await new StoredUsage(api, systemId).AssertAsync(recording.Totals);
        var rows = await StoredRows.ReadAsync(_app.Services, systemId);
        (string.Join('\n', expected.Except(rows)), string.Join('\n', rows.Except(expected)), rows.Count).ShouldBe(("", "", expected.Count), "missing, and in excess");
    }

    [Property(Arbitrary = [typeof(OlderDelivery.Any)], MaxTest = 40)]
    public async Task RecordingOfAnOlderVersion_DeliveredInAnyWay_CountsEachCallOnce(OlderDelivery older)
    {
        var pieces = older.Pieces();
        var systemId = await _app.CreateSystemAsync();

        await PostAsync(older.Delivery, pieces, await _app.CreateTokenAsync(systemId));

        var expected = ExpectedUsage.Of(pieces);
        using var api = await _app.LoginAsync();
        var stored = new StoredUsage(api, systemId);
        await stored.AssertUsageAsync(expected.Users, expected.Models);
        (await stored.ToolResultsAsync()).ShouldBe(expected.ToolResults, ignoreOrder: true);
        (await stored.NumberAsync("type=ai.error&metric=count()")).ShouldBe(expected.Errors);
        (await stored.NumberAsync("signal=log&metric=count()")).ShouldBe(expected.Events);
        // Without an id that both forms bear nothing joins them: each span is a row of its own, counted or not.
        (await stored.NumberAsync("signal=span&metric=count()") + await stored.NumberAsync("type=ai.repeat&metric=count()")).ShouldBe(expected.Spans);
    }

    [Property(Arbitrary = [typeof(Delivery.Any)], MaxTest = 20)]
    public async Task Sessions_WhoseCallsAreToldByMetricsUntilTheirEventsCome_AreSpendOnce(Delivery delivery)
    {
        var recording = Recording.Load(delivery.Recording);
        var random = new Random(delivery.Seed);
        var late = Piece.Of(recording).Where(static piece => piece.Signal == "logs").Select(static piece => piece.Session).Distinct().Where(_ => random.Next(2) == 0).ToList();
        var byTime = Piece.Of(recording).ToLookup(piece => piece.Signal != "metrics" && late.Contains(piece.Session));
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);

        await PostAsync(delivery, [.. byTime[false]], token);
        using (var early = await _app.LoginAsync())
        {
            (await new StoredUsage(early, systemId).SpendAsync()).ShouldBe(recording.Totals.Usage.CostMicrocents);
        }

        await PostAsync(delivery, [.. byTime[true]], token);

        using var api = await _app.LoginAsync();
        var stored = new StoredUsage(api, systemId);
        (await stored.SpendAsync()).ShouldBe(recording.Totals.Usage.CostMicrocents);
        await stored.AssertAsync(recording.Totals);
    }

    private async Task PostAsync(Delivery delivery, IReadOnlyList<Piece> pieces, string token)
    {
        var requests = delivery.Requests(pieces);
        var half = delivery.Restart ? requests.Count / 2 : requests.Count;
        await PostAsync(requests.Take(half), delivery.Connections, token);
        if (delivery.Restart)
        {
            await _app.RestartAsync();
            await PostAsync(requests.Skip(half), delivery.Connections, token);
        }

        await _app.SettleAsync();
    }

    private async Task PostAsync(IEnumerable<(string Path, byte[] Body)> requests, int connections, string token)
    {
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = connections }, async (request, cancellationToken) =>
        {
            using var content = new ByteArrayContent(request.Body) { Headers = { ContentType = new("application/x-protobuf") } };
            using var response = await client.PostAsync(request.Path, content, cancellationToken);
            ((int)response.StatusCode).ShouldBe(200);
        });
    }
}

public sealed class SqliteOnceTests(SqliteAppFixture fixture) : OnceTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresOnceTests(PostgresAppFixture fixture) : OnceTests(fixture), IClassFixture<PostgresAppFixture>;
