using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Otlp;

/// <summary>What the web server itself turns away is counted, too.</summary>
public sealed class ServerRefusalsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private OtlpHost _host = null!;

    public async Task InitializeAsync() => _host = await OtlpHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Connect_TlsToACleartextAddress_IsCountedWithTheAddress()
    {
        using var socket = await ConnectAsync();
        await using var tls = new SslStream(socket.GetStream());

        await Should.ThrowAsync<Exception>(() => tls.AuthenticateAsClientAsync("localhost").WaitAsync(s_patience));

        await AssertCountedAsync(400, RefusalReasons.Tls);
    }

    [Theory]
    [InlineData("POST /v1/logs HTTP/1.1\r\nHost: a\r\nbroken\r\n\r\n", 400, RefusalReasons.Unreadable)]
    [InlineData("POST\r\n\r\n", 400, RefusalReasons.Unreadable)]
    [InlineData("POST /v1/logs HTTP/3.7\r\nHost: a\r\n\r\n", 505, "version of HTTP")]
    [InlineData("POST /v1/logs HTTP/1.1\r\nHost: a\r\nX-Long: {40000}\r\n\r\n", 431, "too long")]
    [InlineData("POST /v1/{40000} HTTP/1.1\r\nHost: a\r\n\r\n", 414, "too long")]
    public async Task Connect_ARequestThatCantBeRead_IsCounted(string request, int status, string reason)
    {
        (await AnswerAsync(request)).ShouldStartWith($"HTTP/1.1 {status} ");

        await AssertCountedAsync(status, reason);
    }

    [Theory]
    [InlineData("GET /pages HTTP/1.1\r\nHost: a\r\nX-Long: {40000}\r\n\r\n", "HTTP/1.1 431 ")]
    [InlineData("GET /pages HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "HTTP/1.1 404 ")]
    public async Task Connect_ARequestOfABrowser_IsNot(string request, string answer)
    {
        (await AnswerAsync(request)).ShouldStartWith(answer);

        _host.Refusals.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ABodyThatBreaksOff_IsCountedOnceWithItsToken()
    {
        (await AnswerAsync($"POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer {FakeTokenStore.Good}\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"))
            .ShouldStartWith("HTTP/1.1 400 ");

        _host.Refusals.ListOfToken(7).ShouldHaveSingleItem().Count.ShouldBe(1);
        _host.Refusals.List().ShouldHaveSingleItem();
    }

    private async Task AssertCountedAsync(int status, string reason)
    {
        await Soon.TrueAsync(() => _host.Refusals.List().Count > 0);
        var refusal = _host.Refusals.List().ShouldHaveSingleItem();
        (refusal.StatusCode, refusal.Source, refusal.Count).ShouldBe((status, "127.0.0.1", 1));
        refusal.Reason.ShouldContain(reason);
    }

    private async Task<string> AnswerAsync(string request)
    {
        using var socket = await ConnectAsync();
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Replace("{40000}", new string('x', 40_000), StringComparison.Ordinal)));
        using var reader = new StreamReader(socket.GetStream(), Encoding.Latin1);
        return await reader.ReadLineAsync().WaitAsync(s_patience) ?? "";
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _host.Client.BaseAddress!.Port);
        return socket;
    }
}
