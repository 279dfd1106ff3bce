using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Grpc;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Otlp.Grpc;

/// <summary>What comes to the gRPC port and speaks something else is told so where it can be, and is counted.</summary>
public sealed class GrpcConnectionsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private OtlpHost _host = null!;

    public async Task InitializeAsync() => _host = await OtlpHost.StartWithGrpcAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("application/x-protobuf")]
    [InlineData("application/json")]
    [InlineData("application/grpc")]
    public async Task Post_Http1WithAToken_IsToldWhereToSendAndCountedByToken(string contentType)
    {
        using var response = await SendAsync(HttpMethod.Post, "/v1/logs", new byte[100], contentType);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        response.Headers.ConnectionClose.ShouldBe(true);
        var error = await OtlpHost.ErrorOfAsync(response);
        error.ShouldContain("OTEL_EXPORTER_OTLP_PROTOCOL=grpc");
        error.ShouldContain($"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{_host.Client.BaseAddress!.Port}/api/v1/otlp.");
        Summary(_host.Refusals.ListOfToken(7).ShouldHaveSingleItem()).ShouldBe((415, "127.0.0.1", RefusalReasons.NoGrpc, 1));
        _host.Store.Appends.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_Http1WithoutAToken_IsCountedByAddress()
    {
        using var response = await SendAsync(HttpMethod.Get, "/", null, null, token: null);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        Summary(_host.Refusals.List().ShouldHaveSingleItem()).ShouldBe((405, "127.0.0.1", RefusalReasons.NoGrpc, 1));
    }

    [Fact]
    public async Task Post_Http1WithABodyThatNobodyReads_IsAnsweredAllTheSame()
    {
        using var response = await SendAsync(HttpMethod.Post, "/v1/logs", new byte[8_000_000], "application/x-protobuf");

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Post_Http1AgainAndAgain_IsCountedEachTime()
    {
        for (var i = 0; i < 3; i++)
        {
            (await SendAsync(HttpMethod.Post, "/v1/logs", [], "application/json")).Dispose();
        }

        _host.Refusals.List().ShouldHaveSingleItem().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Connect_Tls_IsClosedAndCounted()
    {
        using var socket = await ConnectAsync();
        await using var tls = new SslStream(socket.GetStream());

        await Should.ThrowAsync<Exception>(() => tls.AuthenticateAsClientAsync("localhost").WaitAsync(s_patience));

        var refusal = await OnlyRefusalAsync();
        (refusal.StatusCode, refusal.Source).ShouldBe((400, "127.0.0.1"));
        refusal.Reason.ShouldBe(RefusalReasons.Tls);
    }

    [Theory]
    [InlineData("\0\0\0\u0004", RefusalReasons.NoHttp)]
    [InlineData("PRX", RefusalReasons.Unreadable)]
    [InlineData("POST\r\n\r\n", RefusalReasons.Unreadable)]
    [InlineData("GET / HTTP/1.1\r\nnonsense\r\n\r\n", RefusalReasons.Unreadable)]
    [InlineData("HELO mail.example.com\r\n", RefusalReasons.Unreadable)]
    public async Task Connect_SomethingElse_IsClosedAndCounted(string bytes, string reason)
    {
        using var socket = await ConnectAsync();
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        socket.Client.Shutdown(SocketShutdown.Send);

        (await ReadToEndAsync(stream)).ShouldNotContain(" 200 ");

        (await OnlyRefusalAsync()).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Connect_AndNothingMore_IsNotCounted()
    {
        using (await ConnectAsync())
        {
        }

        using (var started = await ConnectAsync())
        {
            await started.GetStream().WriteAsync("PR"u8.ToArray());
        }

        using var client = new GrpcClient(_host.GrpcPort);
        (await client.ExportAsync(OtlpSignal.Logs, [])).Code.ShouldBe(0);
        _host.Refusals.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_Http2ByteByByte_IsHttp2()
    {
        using var socket = await ConnectAsync();
        socket.NoDelay = true;
        foreach (var one in Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        {
            await socket.GetStream().WriteAsync(new[] { one });
        }

        // Settings come first.
        var frame = new byte[9];
        await socket.GetStream().ReadExactlyAsync(frame).AsTask().WaitAsync(s_patience);
        frame[3].ShouldBe((byte)4);
    }

    [Fact]
    public async Task Connect_Http1ByteByByte_IsAnswered()
    {
        using var socket = await ConnectAsync();
        socket.NoDelay = true;
        foreach (var one in Encoding.ASCII.GetBytes("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"))
        {
            await socket.GetStream().WriteAsync(new[] { one });
        }

        (await ReadToEndAsync(socket.GetStream())).ShouldStartWith("HTTP/1.1 415 ");
    }

    [Fact]
    public async Task Stop_WithConnectionsThatSayNothing_DoesntWaitForThem()
    {
        using var silent = await ConnectAsync();
        using var begun = await ConnectAsync();
        await begun.GetStream().WriteAsync("PR"u8.ToArray());

        await _host.StopAsync().WaitAsync(s_patience);
    }

    [Fact]
    public async Task Run_SilentForLong_IsClosed()
    {
        var clock = new FakeTimeProvider();
        using var monitor = new IngestMonitor(clock);
        var connections = new GrpcConnections(new(new RefusalLog(clock), monitor, clock, Options.Create(new OtlpOptions())), clock);
        var (input, output) = (new Pipe(), new Pipe());
        await using var connection = new DefaultConnectionContext("1", new Duplex(input.Reader, output.Writer), new Duplex(output.Reader, input.Writer));

        var running = connections.RunAsync(connection, static _ => throw new InvalidOperationException("said nothing"), null!);
        running.IsCompleted.ShouldBeFalse();
        clock.Advance(GrpcConnections.Patience);

        await running.WaitAsync(s_patience);
    }

    private static (int, string, string, long) Summary(Refusal refusal) => (refusal.StatusCode, refusal.Source, refusal.Reason, refusal.Count);

    private async Task<Refusal> OnlyRefusalAsync()
    {
        await Soon.TrueAsync(() => _host.Refusals.List().Count > 0);
        return _host.Refusals.List().ShouldHaveSingleItem();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body, string? contentType, string? token = FakeTokenStore.Good)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{_host.GrpcPort}{path}");
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType!) } };
        }

        return await client.SendAsync(request).WaitAsync(s_patience);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _host.GrpcPort);
        return socket;
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(s_patience);
        }
        catch (IOException)
        {
            // Closed while bytes were still on their way.
            return "";
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
