using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Sends the requests of a seed over several connections at once, and notes what mustn't be answered.</summary>
internal sealed class FuzzRun(HttpClient client, string token, FuzzCases cases)
{
    private const int Connections = 8;

    // What a sender can be told of what it sent. A 503 would say that something here failed.
    private static readonly int[] s_answers = [200, 400, 413, 415];

    private readonly ConcurrentDictionary<int, int> _answers = new();

    /// <summary>What went wrong: number of the request, and what was answered.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Numbers of the sound requests that were taken.</summary>
    public ConcurrentDictionary<int, OtlpSignal> Sound { get; } = new();

    /// <summary>Requests that were answered.</summary>
    public int Count => _answers.Values.Sum();

    /// <summary>How many of each answer.</summary>
    public string Answers => string.Join(", ", _answers.OrderBy(static one => one.Key).Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Value} × {one.Key}")));

    /// <summary>Sends the requests from <paramref name="first"/> on, until they end, the time is over, or too many went wrong.</summary>
    public async Task SendAsync(int first, int count, TimeSpan most)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
        {
            if (watch.Elapsed < most && Failures.Count < 10)
            {
                await SendAsync(cases.Create(number));
            }
        });
    }

    private async Task SendAsync(FuzzCase one)
    {
        try
        {
            using var request = one.ToHttp(token);
            using var response = await client.SendAsync(request);
            var status = (int)response.StatusCode;
            _answers.AddOrUpdate(status, 1, static (_, count) => count + 1);
            if (one.IsSound ? status != 200 : !s_answers.Contains(status))
            {
                Failures.Enqueue($"{one.Number}: {status} {await response.Content.ReadAsStringAsync()}");
            }
            else if (one.IsSound)
            {
                Sound[one.Number] = one.Signal;
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Failures.Enqueue($"{one.Number}: {e.Message}");
        }
    }
}
