using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.CostTruth;

/// <summary>What the real CLI sent adds up to what it was counted to be, however it is posted: read through the API that users have.</summary>
public abstract class RecordingTotalsTests(AppFixture fixture)
{
    private readonly ActivityLogApp _app = fixture.App;

    public static TheoryData<string, RecordingOrder> Postings
    {
        get
        {
            var postings = new TheoryData<string, RecordingOrder>();
            foreach (var name in Recording.Names.Append(Recording.Grpc))
            {
                foreach (var order in Enum.GetValues<RecordingOrder>())
                {
                    postings.Add(name, order);
                }
            }

            return postings;
        }
    }

    [Theory]
    [MemberData(nameof(Postings))]
    public async Task Recording_PostedInAnyOrder_AddsUpToItsTotals(string name, RecordingOrder order)
    {
        var systemId = await _app.CreateSystemAsync();

        await _app.PostRecordingAsync(name, order, await _app.CreateTokenAsync(systemId));

        await AssertTotalsAsync(systemId, Recording.Load(name).Totals);
    }

    [Fact]
    public async Task Recording_PostedOverSeveralConnectionsAtOnceAndTwice_AddsUpToItsTotals()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        var recording = Recording.Load("protobuf");
        using var client = _app.CreateClient();

        await Parallel.ForEachAsync(recording.InOrder(RecordingOrder.Twice), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, cancellationToken) =>
        {
            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message, cancellationToken);
            ((int)response.StatusCode).ShouldBe(200);
        });

        await AssertTotalsAsync(systemId, recording.Totals);
    }

    [Fact]
    public async Task Recording_OfTwoSystems_NothingIsSharedBetweenThem()
    {
        var first = await _app.CreateSystemAsync();
        var second = await _app.CreateSystemAsync();

        await _app.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, await _app.CreateTokenAsync(first));
        await _app.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, await _app.CreateTokenAsync(second));

        await AssertTotalsAsync(first, Recording.Load("protobuf-terminal").Totals);
        await AssertTotalsAsync(second, Recording.Load("protobuf-terminal").Totals);
    }

    [Fact]
    public async Task Recording_AcrossARestart_AddsUpToItsTotals()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        var recording = Recording.Load("protobuf");
        var half = recording.Requests.Count / 2;

        await PostAsync(recording.Requests.Skip(half), token);
        await _app.RestartAsync();
        await PostAsync(recording.Requests, token);

        await AssertTotalsAsync(systemId, recording.Totals);
    }

    private async Task PostAsync(IEnumerable<RecordedRequest> requests, string token)
    {
        using var client = _app.CreateClient();
        foreach (var request in requests)
        {
            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message);
            ((int)response.StatusCode).ShouldBe(200);
        }
    }

    private async Task AssertTotalsAsync(Guid systemId, RecordingTotals totals)
    {
        using var api = await _app.LoginAsync();
        await new StoredUsage(api, systemId).AssertAsync(totals);
    }
}

public sealed class SqliteRecordingTotalsTests(SqliteAppFixture fixture) : RecordingTotalsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresRecordingTotalsTests(PostgresAppFixture fixture) : RecordingTotalsTests(fixture), IClassFixture<PostgresAppFixture>;
