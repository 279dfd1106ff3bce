using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace ActivityLog.Bench;

/// <summary>Posts logs over a number of connections, each the next request as soon as the last is answered.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly ApiRequestBody[] _bodies;
    private readonly int _records;

    public LoadClient(Uri address, string token, string samples, int connections, int records, TimeProvider clock)
    {
        _records = records;
        _bodies = [.. Enumerable.Range(0, connections).Select(index => ApiRequestBody.Load(samples, index, records, clock))];
        _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    /// <summary>Runs for a time, to the last answer.</summary>
    /// <exception cref="InvalidOperationException">An answer wasn't 200.</exception>
    public async Task<Load> RunAsync(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(_bodies.Select(body => RunAsync(body, watch, duration)));
        var elapsed = watch.Elapsed;
        var sorted = latencies.SelectMany(static one => one).Order().ToArray();
        return new(sorted.Length * (long)_records, elapsed, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    public void Dispose() => _client.Dispose();

    private async Task<List<double>> RunAsync(ApiRequestBody body, Stopwatch watch, TimeSpan duration)
    {
        var latencies = new List<double>();
        while (watch.Elapsed < duration)
        {
            using var content = new ReadOnlyMemoryContent(body.Next());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            var start = watch.Elapsed;
            using var response = await _client.PostAsync("/v1/logs", content);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"The server answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }

            latencies.Add((watch.Elapsed - start).TotalMilliseconds);
        }

        return latencies;
    }
}
