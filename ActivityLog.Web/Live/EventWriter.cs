using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace ActivityLog.Web.Live;

/// <summary>Writes server-sent events (WHATWG HTML, "Server-sent events"): JSON has no line breaks, so an event's data is one line.</summary>
internal sealed class EventWriter(PipeWriter output, JsonSerializerOptions json)
{
    public const string ContentType = "text/event-stream";

    /// <summary>Adds an event.</summary>
    public void Add<T>(string name, string? id, T data)
    {
        Write(id is null ? $"event: {name}\ndata: " : $"event: {name}\nid: {id}\ndata: ");
        output.Write(JsonSerializer.SerializeToUtf8Bytes(data, json));
        Write("\n\n");
    }

    /// <summary>Adds a line that clients skip: it keeps what lies between from thinking that nobody is there.</summary>
    public void AddComment(string text) => Write($": {text}\n\n");

    /// <summary>Sends what was added.</summary>
    /// <returns>Whether somebody still reads.</returns>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken) => !(await output.FlushAsync(cancellationToken)).IsCompleted;

    private void Write(string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
