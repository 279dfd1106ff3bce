using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActivityLog.Core.Demo;

/// <summary>Writes attributes as the flat JSON object that rows keep them in. Keeps its buffer from object to object; not for several threads.</summary>
internal sealed class DemoAttributes : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public DemoAttributes() => _json = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public DemoAttributes Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        return this;
    }

    public DemoAttributes Add(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }

        return this;
    }

    public DemoAttributes Add(string name, long value)
    {
        _json.WriteNumber(name, value);
        return this;
    }

    public DemoAttributes Add(string name, bool value)
    {
        _json.WriteBoolean(name, value);
        return this;
    }

    /// <summary>USD, to the last nanodollar.</summary>
    public DemoAttributes AddUsd(string name, long nanodollars)
    {
        _json.WriteNumber(name, nanodollars / 1e9m);
        return this;
    }

    public string End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();
}
