using System.Net;
using System.Net.Sockets;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Grpc;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActivityLog.Tests.Otlp.Grpc;

public sealed class GrpcServerTests
{
    [Fact]
    public async Task Start_PortInUse_WarnsAndServesAllElse()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var host = await OtlpHost.StartAsync(("GrpcPort", $"{port}"));

        using var response = await host.PostAsync("/v1/logs", "{}"u8.ToArray(), "application/json");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Log.Lines.ShouldContain(line => line.StartsWith("Warning: OTLP/gRPC is off") && line.Contains($"port {port}") && line.Contains("ActivityLog:Otlp:GrpcPort"));
    }

    [Fact]
    public async Task Start_PortZero_OpensNone()
    {
        await using var host = await OtlpHost.StartAsync(("GrpcPort", "0"));

        host.Log.Lines.ShouldNotContain(static line => line.Contains("gRPC"));
    }

    [Fact]
    public async Task Start_OnTheLoopbackAddress_IsNotReachedFromElsewhere()
    {
        await using var host = await OtlpHost.StartWithGrpcAsync();

        host.Log.Lines.ShouldContain($"Information: OTLP/gRPC is taken on http://127.0.0.1:{host.GrpcPort}");
    }

    [Fact]
    public async Task Stop_WithACallUnderWay_AnswersIt()
    {
        await using var host = await OtlpHost.StartWithGrpcAsync();
        var isStoring = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        host.Store.BeforeAppend = _ =>
        {
            isStoring.SetResult();
            return goOn.Task;
        };
        using var client = new GrpcClient(host.GrpcPort);
        var call = client.ExportAsync(OtlpSignal.Logs, Mapped.Body(Recording.Load("protobuf").Requests.First(static request => request.Signal == "logs")));
        await isStoring.Task;

        var stop = host.StopAsync();
        goOn.SetResult();

        (await call).Code.ShouldBe(0);
        await stop;
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var late = new GrpcClient(host.GrpcPort);
            await late.ExportAsync(OtlpSignal.Logs, []);
        });
    }

    [Theory]
    [InlineData("http://localhost:5080", "localhost:7")]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:7")]
    [InlineData("http://10.0.0.5:5080 https://10.0.0.5:5443 http://127.0.0.1:5080", "10.0.0.5:7 127.0.0.1:7")]
    [InlineData("http://localhost:5080 http://127.0.0.1:5081 http://[::1]:5080", "localhost:7")]
    [InlineData("http://[::]:5080", "[::]:7")]
    [InlineData("http://+:5080", "[::]:7")]
    [InlineData("http://*:5080 http://localhost:5081", "[::]:7")]
    [InlineData("http://0.0.0.0:5080", "0.0.0.0:7")]
    [InlineData("http://0.0.0.0:5080 http://10.0.0.5:5081 http://localhost:5081", "0.0.0.0:7 [::1]:7")]
    [InlineData("http://unix:/run/activitylog.sock", "localhost:7")]
    [InlineData("", "localhost:7")]
    public void Listen_OnTheHostsOfTheWebAddresses_TakesEachOnce(string webAddresses, string expected)
    {
        var found = new List<string>();
        var kestrel = new KestrelServerOptions();

        GrpcHosts.Listen(kestrel, webAddresses.Split(' ', StringSplitOptions.RemoveEmptyEntries), 7, listen => found.Add(listen.ToString()!.Replace("http://", "", StringComparison.Ordinal)));

        found.ShouldBe(expected.Split(' '), ignoreOrder: true);
    }
}
