using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActivityLog.Core.Pricing;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Reports;

/// <summary>What the real CLI sent within 42 seconds, drawn out over twelve days, and what it adds up to: counted from the bodies themselves.</summary>
internal sealed partial class StretchedRecording
{
    private const string Name = "json";
    private const long Factor = 25_000;

    private static readonly DateTime s_start = new(2026, 9, 28, 0, 10, 0, DateTimeKind.Utc);

    private readonly List<(string Signal, JsonElement Body)> _bodies = [];

    public StretchedRecording()
    {
        var recording = Recording.Load(Name);
        Totals = recording.Totals;
        var first = recording.Requests.SelectMany(static request => Times().Matches(Text(request))).Min(static match => long.Parse(match.ValueSpan, CultureInfo.InvariantCulture));
        Requests = [.. recording.Requests.Select(request => request with { Content = Encoding.UTF8.GetBytes(Times().Replace(Text(request), match => Stretch(match, first))) })];
        _bodies.AddRange(Requests.Select(static request => (request.Signal, JsonSerializer.Deserialize<JsonElement>(request.Content.Span))));
        Calls = [.. Events("api_request").Select(static call => (At(call), Nanodollars.FromUsd(Attribute(call, "cost_usd").GetDouble())!.Value))];
        Sessions = Events("api_request").Concat(Events("user_prompt")).Select(static one => Attribute(one, "session.id").GetString()).Distinct().Count();
        Prompts = Events("user_prompt").Count();
        Failures = Events("api_error").Count();
    }

    /// <summary>The range that has all of it, with a change of clocks in Lord Howe.</summary>
    public const string Range = "from=2026-09-26&to=2026-10-12";

    public RecordingTotals Totals { get; }

    public IReadOnlyList<RecordedRequest> Requests { get; }

    /// <summary>Time and nanodollars of each call.</summary>
    public IReadOnlyList<(DateTime At, long Cost)> Calls { get; }

    public int Sessions { get; }

    public int Prompts { get; }

    public int Failures { get; }

    /// <summary>The sum of a metric's points with an attribute.</summary>
    public double Metric(string name, string? attribute = null, string? value = null) =>
        _bodies.Where(static body => body.Signal == "metrics").SelectMany(static body => Nested(body.Body, "resourceMetrics", "scopeMetrics", "metrics"))
            .Where(metric => metric.GetProperty("name").GetString() == name)
            .SelectMany(static metric => metric.GetProperty("sum").GetProperty("dataPoints").EnumerateArray())
            .Where(point => attribute is null || Attribute(point, attribute).GetString() == value)
            .Sum(static point => point.GetProperty("asDouble").GetDouble());

    private static string Text(RecordedRequest request) => Encoding.UTF8.GetString(request.Content.Span);

    private static string Stretch(Match match, long first) =>
        ((s_start - DateTime.UnixEpoch).Ticks * 100 + (long.Parse(match.ValueSpan, CultureInfo.InvariantCulture) - first) * Factor).ToString(CultureInfo.InvariantCulture);

    private static DateTime At(JsonElement record) =>
        DateTime.UnixEpoch.AddTicks(long.Parse(record.GetProperty("timeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 100);

    private static JsonElement Attribute(JsonElement record, string key) => record.GetProperty("attributes").EnumerateArray()
        .Where(attribute => attribute.GetProperty("key").GetString() == key).Select(static attribute => attribute.GetProperty("value").EnumerateObject().First().Value).FirstOrDefault();

    private static IEnumerable<JsonElement> Nested(JsonElement body, params IReadOnlyList<string> path) =>
        path.Aggregate((IEnumerable<JsonElement>)[body], static (elements, name) => elements.SelectMany(element => element.GetProperty(name).EnumerateArray()));

    private IEnumerable<JsonElement> Events(string name) =>
        _bodies.Where(static body => body.Signal == "logs").SelectMany(static body => Nested(body.Body, "resourceLogs", "scopeLogs", "logRecords"))
            .Where(record => Attribute(record, "event.name").GetString() == name);

    // Unix nanoseconds of the days of the recording.
    [GeneratedRegex(@"(?<="")179\d{16}(?="")", RegexOptions.CultureInvariant)]
    private static partial Regex Times();
}
