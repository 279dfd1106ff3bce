using System.Text.Json;

namespace ActivityLog.Tests.Support;

/// <summary>The requests of one run of the real Claude Code CLI, as they came over the wire, in the order of their arrival.</summary>
public sealed class Recording
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "Samples", "claude-code-2.1.330");

    private static readonly Lazy<IReadOnlyDictionary<string, RecordingTotals>> s_totals = new(static () =>
        JsonSerializer.Deserialize<Dictionary<string, RecordingTotals>>(
            File.ReadAllBytes(Path.Combine(s_root, "totals.json")), RecordedRequest.JsonOptions)!);

    private Recording(string name)
    {
        Name = name;
        var folder = Path.Combine(s_root, name);
        Requests = [.. JsonSerializer.Deserialize<RecordedRequest[]>(
                File.ReadAllBytes(Path.Combine(folder, "requests.json")), RecordedRequest.JsonOptions)!
            .Select(request => request with { Content = File.ReadAllBytes(Path.Combine(folder, request.Body)) })];
        Totals = s_totals.Value[name];
    }

    /// <summary>The recording whose requests came over gRPC.</summary>
    public const string Grpc = "grpc";

    /// <summary>Every recording that came over HTTP.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetDirectories(s_root).Select(static folder => Path.GetFileName(folder))
            .Where(static name => name != Grpc).Order(StringComparer.Ordinal),
    ];

    /// <summary>Every recording, for <c>[MemberData]</c>.</summary>
    public static TheoryData<string> Theory => [.. Names, Grpc];

    public string Name { get; }

    public IReadOnlyList<RecordedRequest> Requests { get; }

    /// <summary>What the recording adds up to, counted independently of the product.</summary>
    public RecordingTotals Totals { get; }

    public static Recording Load(string name) => new(name);

    public IEnumerable<RecordedRequest> InOrder(RecordingOrder order) => order switch
    {
        RecordingOrder.Recorded => Requests,
        RecordingOrder.Reversed => Requests.Reverse(),
        RecordingOrder.Twice => Requests.Concat(Requests),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "No such order."),
    };
}
