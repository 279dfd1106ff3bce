using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Sends the requests of a seed over several connections at once, and notes what mustn't be answered.</summary>
/// <param name="send">Sends the request with a number.</param>
internal sealed class FuzzRun(Func<int, Task<FuzzAnswer>> send)
{
    private const int Connections = 8;

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
                await SendAsync(number);
            }
        });
    }

    private async Task SendAsync(int number)
    {
        try
        {
            var answer = await send(number);
            _answers.AddOrUpdate(answer.Status, 1, static (_, count) => count + 1);
            if (!answer.IsAllowed)
            {
                Failures.Enqueue($"{number}: {answer.Status} {answer.Text}");
            }
            else if (answer.Sound is { } signal)
            {
                Sound[number] = signal;
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Failures.Enqueue($"{number}: {e.Message}");
        }
    }
}
