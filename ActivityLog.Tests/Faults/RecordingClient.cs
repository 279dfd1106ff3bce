using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Tests.Otlp;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Faults;

/// <summary>
/// Sends what the real CLI sent, again and again, each time as sessions of their own in which the parts of a call meet, over several connections, and tries again as
/// the real CLI does: after 502 and 503 four times, after 429 when it is told to; after any other error and on a broken connection the request is dropped.
/// </summary>
internal sealed class RecordingClient : IAsyncDisposable
{
    private const int Connections = 4;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_acknowledgement = TimeSpan.FromSeconds(90);
    private static readonly double[] s_retryAfterSeconds = [1, 1.5, 2.3, 3.4];

    // Requests all of whose records bear a session: a copy is told from another by it.
    private static readonly Lazy<IReadOnlyList<RecordedRequest>> s_templates = new(static () =>
        [.. new[] { "protobuf", "json" }.SelectMany(static name => Recording.Load(name).Requests).Where(static request => Sessions(request) is not null)]);

    // All of the recorded sessions, by their numbers: in all requests of a copy a session becomes the same other one.
    private static readonly Lazy<IReadOnlyList<string>> s_sessions = new(static () => [.. s_templates.Value.SelectMany(static request => Sessions(request)!).Distinct()]);

    private static readonly Lazy<IReadOnlyList<List<(int Number, byte[] Recorded)>>> s_sessionsByTemplate = new(static () =>
        [.. s_templates.Value.Select(static request => s_sessions.Value.Index().IntersectBy(Sessions(request)!, static session => session.Item)
            .Select(static session => (session.Index, Encoding.UTF8.GetBytes(session.Item))).ToList())]);

    private readonly HttpClient _client;
    private readonly string _token;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SentRequest> _sent = [];
    private readonly ConcurrentDictionary<int, Guid> _copies = new();
    private readonly Task _running;
    private int _next;
    private int _acknowledged;
    private int _brokenOff;
    private long _slowestMilliseconds;

    private RecordingClient(Uri address, string token)
    {
        _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = address, Timeout = s_patience };
        _token = token;
        _running = Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(SendAllAsync)));
    }

    /// <summary>Requests that were sent, as they ended.</summary>
    public IReadOnlyCollection<SentRequest> Sent => _sent;

    /// <summary>Requests that were answered 200.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Requests that weren't answered at all.</summary>
    public int BrokenOff => Volatile.Read(ref _brokenOff);

    /// <summary>How often each status was answered.</summary>
    public ConcurrentDictionary<int, int> Statuses { get; } = new();

    /// <summary>503s that didn't say when to come again.</summary>
    public int WithoutRetryAfter { get; private set; }

    /// <summary>The slowest answer.</summary>
    public TimeSpan Slowest => TimeSpan.FromMilliseconds(Volatile.Read(ref _slowestMilliseconds));

    public static RecordingClient Start(FaultServer server, string token) => new(server.Address, token);

    /// <summary>What a request holds, mapped as the receiver maps it.</summary>
    public static MappedTelemetry Map(SentRequest request, int systemKey) =>
        Mapped.Of(s_templates.Value[request.Template] with { Content = Copy(request.Template, request.Session) }, Mapped.Context(systemKey: systemKey));

    /// <summary>Returns when so many more requests were answered 200.</summary>
    public async Task AcknowledgedAsync(int more, TimeSpan? within = null)
    {
        var goal = Acknowledged + more;
        await Soon.TrueAsync(() => Acknowledged >= goal, within ?? s_acknowledgement, $"{more} more requests are acknowledged");
    }

    /// <summary>Sends nothing more, and waits for what is under way.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Soon.EndAsync(_running, "the requests that were under way");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next) - 1;
            var template = number % s_templates.Value.Count;
            var session = _copies.GetOrAdd(number / s_templates.Value.Count, static _ => Guid.NewGuid());
            var isAcknowledged = await SendAsync(s_templates.Value[template] with { Content = Copy(template, session) });
            _sent.Enqueue(new(template, session, isAcknowledged));
            await Task.Delay(s_pause);
        }
    }

    private async Task<bool> SendAsync(RecordedRequest request)
    {
        for (var attempt = 0; ; attempt++)
        {
            double wait;
            var watch = Stopwatch.StartNew();
            try
            {
                using var message = request.ToHttp(_token);
                using var response = await _client.SendAsync(message);
                var status = (int)response.StatusCode;
                Note(status, watch.Elapsed, response.Headers.RetryAfter?.Delta);
                switch (status)
                {
                    case 200:
                        Interlocked.Increment(ref _acknowledged);
                        return true;
                    case 429:
                        wait = response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 1;
                        break;
                    case 502 or 503 when attempt < s_retryAfterSeconds.Length && !_stop.IsCancellationRequested:
                        wait = s_retryAfterSeconds[attempt];
                        break;
                    default:
                        return false;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                Interlocked.Increment(ref _brokenOff);
                return false;
            }

            await Task.Delay(TimeSpan.FromSeconds(wait), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                // As a sender that ends.
                return false;
            }
        }
    }

    private void Note(int status, TimeSpan duration, TimeSpan? retryAfter)
    {
        Statuses.AddOrUpdate(status, 1, static (_, count) => count + 1);
        if (status is 503 && retryAfter is null)
        {
            WithoutRetryAfter++;
        }

        InterlockedMax(ref _slowestMilliseconds, (long)duration.TotalMilliseconds);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    // The sessions of a request; null where some record bears none, or the request is compressed.
    private static IReadOnlyList<string>? Sessions(RecordedRequest request)
    {
        var mapped = Mapped.Of(request);
        var sessions = mapped.Messages.Select(static message => message.SessionId).Concat(mapped.Points.Select(static point => point.SessionId)).ToList();
        return sessions.Count == 0 || sessions.Any(static session => session is not { Length: 36 }) || request.Headers.ContainsKey("content-encoding")
            ? null
            : [.. sessions.Distinct().Select(static session => session!)];
    }

    // The same bytes with other sessions: these are as long as the recorded ones, so that all lengths hold.
    private static byte[] Copy(int template, Guid session)
    {
        var request = s_templates.Value[template];
        var bytes = request.Content.ToArray();
        foreach (var (number, old) in s_sessionsByTemplate.Value[template])
        {
            var replacement = Encoding.UTF8.GetBytes(Session(session, number));
            for (var at = bytes.AsSpan().IndexOf(old); at >= 0; at = bytes.AsSpan().IndexOf(old))
            {
                replacement.CopyTo(bytes, at);
            }
        }

        return bytes;
    }

    private static string Session(Guid session, int number)
    {
        var bytes = session.ToByteArray();
        bytes[^1] ^= (byte)number;
        return new Guid(bytes).ToString();
    }
}
