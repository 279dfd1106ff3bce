using System.Text.Json;

namespace ActivityLog.Tests.Live;

/// <summary>Reads server-sent events as they come.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _lines = new StreamReader(stream);
    }

    /// <summary>Opens a stream; returns when it follows.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var reader = new EventReader(response, await response.Content.ReadAsStreamAsync());
        (await reader.TakeCommentAsync("following")).ShouldBeTrue();
        return reader;
    }

    /// <summary>The next so many events of a name; others fail.</summary>
    public async Task<List<(string? Id, JsonElement Data)>> TakeAsync(string name, int count)
    {
        List<(string? Id, JsonElement Data)> events = [];
        string? type = null;
        string? id = null;
        while (events.Count < count)
        {
            var line = await ReadAsync();
            line.ShouldNotBeNull($"the stream ended after {events.Count} of {count}");
            switch (line.Split(": ", 2))
            {
                case ["event", var value]:
                    (type, id) = (value, null);
                    break;
                case ["id", var value]:
                    id = value;
                    break;
                case ["data", var value]:
                    type.ShouldBe(name);
                    events.Add((id, JsonSerializer.Deserialize<JsonElement>(value)));
                    break;
            }
        }

        return events;
    }

    /// <summary>Reads up to a comment; false when the stream ends before.</summary>
    public async Task<bool> TakeCommentAsync(string text)
    {
        while (await ReadAsync() is { } line)
        {
            if (line == $": {text}")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether nothing comes any more.</summary>
    public async Task<bool> IsOverAsync()
    {
        while (await ReadAsync() is { } line)
        {
            line.ShouldBeEmpty();
        }

        return true;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<string?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        return await _lines.ReadLineAsync(patience.Token);
    }
}
