using System.Net;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Otlp.Grpc;
using ActivityLog.Tests.Support;
using Google.Protobuf;

namespace ActivityLog.Tests.Otlp;

public sealed class TokenLimitTests
{
    private const int Records = 300;

    private static readonly byte[] s_logs = Logs(Records);

    [Fact]
    public async Task Post_OverTheRecordsPerSecond_Is429WithTheTimeAndNothingOfItIsStored()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Limits = new(RecordsPerSecond: 1, BytesPerDay: null);

        using var first = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        using var second = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        // Ten were there, and a tenth of a second's worth must be again; what passed since the first is little beside it.
        second.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(200, Records - 9);
        (await OtlpHost.ErrorOfAsync(second)).ShouldContain("1 records a second");
        host.Store.Appends.ShouldHaveSingleItem().ShouldHaveSingleItem().Messages.Count.ShouldBe(Records);
        var refusal = host.Refusals.ListOfToken(7).ShouldHaveSingleItem();
        (refusal.StatusCode, refusal.Reason).ShouldBe((429, "over the token's records per second"));
    }

    [Fact]
    public async Task Post_OverTheBytesPerDay_Is429UntilTomorrowButWhatFitsIsTaken()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: s_logs.Length * 3 / 2);

        using var first = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        using var second = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        using var small = await host.PostAsync("/v1/logs", Logs(2), "application/x-protobuf");

        (first.StatusCode, second.StatusCode, small.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK));
        second.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        host.Refusals.ListOfToken(7).ShouldHaveSingleItem().Reason.ShouldBe("over the token's bytes per day");
    }

    [Fact]
    public async Task Post_NotStored_TakesNothingOfTheLimit()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Limits = new(RecordsPerSecond: 1, BytesPerDay: s_logs.Length);
        host.Store.BeforeAppend = static _ => throw new StoreUnavailableException("away");
        using var refused = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        host.Store.BeforeAppend = static _ => Task.CompletedTask;

        using var again = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");

        (refused.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Export_OverTheLimitInGrpc_IsResourceExhaustedWithATimeToTryAgain()
    {
        await using var host = await OtlpHost.StartWithGrpcAsync();
        host.Tokens.Limits = new(RecordsPerSecond: 1, BytesPerDay: null);
        using var client = new GrpcClient(host.GrpcPort);

        (await client.ExportAsync(OtlpSignal.Logs, s_logs)).Code.ShouldBe(0);
        var reply = await client.ExportAsync(OtlpSignal.Logs, s_logs);

        reply.Code.ShouldBe(8);
        reply.RetryDelay!.Value.TotalSeconds.ShouldBeInRange(200, Records - 9);
        host.Store.Appends.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Post_LargerThanTheBytesPerDay_Is413WhichNoWaitingMends()
    {
        await using var host = await OtlpHost.StartWithGrpcAsync();
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: s_logs.Length - 1);
        using var client = new GrpcClient(host.GrpcPort);

        using var response = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        var reply = await client.ExportAsync(OtlpSignal.Logs, s_logs);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        response.Headers.RetryAfter.ShouldBeNull();
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain($"{s_logs.Length - 1} bytes a day");
        (reply.Code, reply.RetryDelay).ShouldBe((8, null));
        host.Store.Appends.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_SenderLeavesWhileItWaits_IsCountedOnceItIsStored()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: s_logs.Length);
        var (isStoring, goOn) = Hold(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new ByteArrayContent(s_logs) };
        request.Content.Headers.ContentType = new("application/x-protobuf");
        request.Headers.Authorization = new("Bearer", FakeTokenStore.Good);
        using var leave = new CancellationTokenSource();
        var sending = host.Client.SendAsync(request, leave.Token);
        await isStoring.Task;

        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        goOn.SetResult();

        await Soon.TrueAsync(() => host.CountedRecords == Records);
        using var again = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        again.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_DecidedAfterItsAnswer_IsCountedOrGivenBack(bool isStored)
    {
        await using var host = await OtlpHost.StartAsync(("MaxWaitSeconds", "1"));
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: s_logs.Length);
        var (_, goOn) = Hold(host);
        using var late = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        using var other = await host.PostAsync("/v1/logs", Logs(Records - 1), "application/x-protobuf");
        host.Store.BeforeAppend = static _ => Task.CompletedTask;

        if (isStored)
        {
            goOn.SetResult();
        }
        else
        {
            goOn.SetException(new InvalidOperationException("poison"));
        }

        (late.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests));
        if (isStored)
        {
            await Soon.TrueAsync(() => host.CountedRecords == Records);
            using var another = await host.PostAsync("/v1/logs", Logs(Records - 1), "application/x-protobuf");
            another.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }
        else
        {
            await Soon.TrueAsync(async () =>
            {
                using var again = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
                return again.StatusCode == HttpStatusCode.OK;
            });
            host.CountedRecords.ShouldBe(Records);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_ToldToTryAgainStoredAfterAllAndSentAgain_CountsOnce(bool isStoredFirst)
    {
        await using var host = await OtlpHost.StartAsync(("MaxWaitSeconds", "1"));
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: s_logs.Length);
        var (_, goOn) = Hold(host);
        using var late = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");
        using var again = isStoredFirst ? null : await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");

        host.Store.BeforeAppend = static _ => Task.CompletedTask;
        goOn.SetResult();
        if (isStoredFirst)
        {
            await Soon.TrueAsync(() => host.CountedRecords == Records);
        }

        using var last = await host.PostAsync("/v1/logs", s_logs, "application/x-protobuf");

        (late.StatusCode, again?.StatusCode ?? HttpStatusCode.ServiceUnavailable, last.StatusCode)
            .ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
        host.CountedRecords.ShouldBe(Records);
        // All of them took what one takes.
        using var other = await host.PostAsync("/v1/logs", Logs(2), "application/x-protobuf");
        other.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static (TaskCompletionSource IsStoring, TaskCompletionSource GoOn) Hold(OtlpHost host)
    {
        var (isStoring, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Store.BeforeAppend = _ =>
        {
            isStoring.TrySetResult();
            return goOn.Task;
        };
        return (isStoring, goOn);
    }

    private static byte[] Logs(int count)
    {
        var request = Build.Logs([], "scope", Build.Event("api_request", "number", 0));
        for (var i = 1; i < count; i++)
        {
            request.ResourceLogs[0].ScopeLogs[0].LogRecords.Add(Build.Event("api_request", "number", i));
        }

        return request.ToByteArray();
    }
}
