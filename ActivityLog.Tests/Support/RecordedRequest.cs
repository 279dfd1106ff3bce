using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActivityLog.Tests.Support;

/// <summary>One recorded request. <paramref name="Body"/> names its file; <paramref name="Headers"/> are those that carry a meaning, in lower case.</summary>
public sealed record RecordedRequest(string Body, string Path, IReadOnlyDictionary<string, string> Headers)
{
    internal static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The body, byte for byte: compressed if it was sent compressed.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary><c>logs</c>, <c>traces</c> or <c>metrics</c>.</summary>
    [JsonIgnore]
    public string Signal => Body[(Body.IndexOf('-', StringComparison.Ordinal) + 1)..Body.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Whether it is a call of gRPC; its content is then the message without its frame.</summary>
    [JsonIgnore]
    public bool IsGrpc => Headers["content-type"] == "application/grpc";

    /// <summary>The request as it was, but with another token.</summary>
    public HttpRequestMessage ToHttp(string token)
    {
        var content = new ReadOnlyMemoryContent(Content);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Headers["content-type"]);
        if (Headers.TryGetValue("content-encoding", out var encoding))
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return new(HttpMethod.Post, Path) { Content = content, Headers = { Authorization = new("Bearer", token) } };
    }
}
