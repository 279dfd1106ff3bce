using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActivityLog.Tests.Otlp;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;

namespace ActivityLog.Tests.Faults;

/// <summary>Senders that never wait: whatever they are answered, the next request follows at once.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const int Connections = 32;
    private const int Records = 300;

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(int Status, bool HasRetryAfter, TimeSpan Duration)> _answers = [];
    private readonly Task _running;

    private Flood(Uri address, string token)
    {
        _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        _running = Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Run(() => SendAsync(number))));
    }

    /// <summary>What was answered so far.</summary>
    public IReadOnlyCollection<(int Status, bool HasRetryAfter, TimeSpan Duration)> Answers => _answers;

    public static Flood Start(FaultServer server, string token) => new(server.Address, token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Soon.EndAsync(_running, "the requests that were under way");
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(int connection)
    {
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            using var content = new ByteArrayContent(Body($"{connection}-{number}"));
            content.Headers.ContentType = new("application/x-protobuf");
            var watch = Stopwatch.StartNew();
            // What is broken off fails the test: the task ends with it.
            using var response = await _client.PostAsync("/v1/logs", content);
            _answers.Enqueue(((int)response.StatusCode, response.Headers.RetryAfter is not null, watch.Elapsed));
        }
    }

    private static byte[] Body(string session)
    {
        var request = new ExportLogsServiceRequest();
        for (var i = 0; i < Records; i++)
        {
            var one = Build.Logs(Build.Attributes("service.name", "claude-code"), "com.anthropic.claude_code.events", Build.Event("api_request",
                "session.id", session, "request_id", i.ToString(CultureInfo.InvariantCulture), "model", "claude-sonnet-5-5", "cost_usd", 0.25, "note", new string('x', 500)));
            request.ResourceLogs.Add(one.ResourceLogs);
        }

        return request.ToByteArray();
    }
}
