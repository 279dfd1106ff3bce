using System.ComponentModel.DataAnnotations;
using System.Net;
using OpenTelemetry.Exporter;

namespace ActivityLog.Web.Hosting.Telemetry;

/// <summary>
/// What the process tells of itself. The variables of OpenTelemetry (<c>OTEL_…</c>) are not read: where this is tried out they are often those of the agents that
/// send here.
/// </summary>
internal sealed class TelemetryOptions : IValidatableObject
{
    public const string Section = "ActivityLog:Telemetry";

    private const string Http = "http/protobuf";
    private const string Grpc = "grpc";

    /// <summary>OTLP endpoint that the process's own traces and metrics go to, such as <c>http://collector:4318</c>; none are sent without.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c>.</summary>
    public string Protocol { get; set; } = Http;

    /// <summary>Headers to send along: <c>name=value,name=value</c>.</summary>
    public string Headers { get; set; } = "";

    /// <summary>Seconds between two deliveries of metrics.</summary>
    [Range(1, 3600)]
    public int IntervalSeconds { get; set; } = 60;

    /// <summary>Addresses (<c>10.0.0.5</c>) or networks (<c>10.0.0.0/8</c>) that may read <c>/metrics</c> besides the machine itself; <c>0.0.0.0/0</c> and <c>::/0</c> for anybody.</summary>
    public string[] MetricsNetworks { get; set; } = [];

    /// <summary>The same, read.</summary>
    public IReadOnlyList<IPNetwork> MetricsReaders => [.. MetricsNetworks.Select(static text => NetworkText.TryRead(text) ?? throw new FormatException(text))];

    /// <summary>Where a signal goes: the endpoint itself for gRPC, below it for HTTP.</summary>
    public Uri EndpointOf(string signal) => Protocol == Grpc ? new Uri(Endpoint!) : new Uri($"{Endpoint!.TrimEnd('/')}/v1/{signal}");

    /// <summary>The protocol, as the exporter calls it.</summary>
    public OtlpExportProtocol ExportProtocol => Protocol == Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is not null && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return new($"{Section}:{nameof(Endpoint)}: '{Endpoint}' is no address such as http://collector:4318.", [nameof(Endpoint)]);
        }

        if (Protocol is not (Http or Grpc))
        {
            yield return new($"{Section}:{nameof(Protocol)}: '{Protocol}' is neither {Http} nor {Grpc}.", [nameof(Protocol)]);
        }

        foreach (var text in MetricsNetworks.Where(static text => NetworkText.TryRead(text) is null))
        {
            yield return new($"{Section}:{nameof(MetricsNetworks)}: '{text}' is neither an address nor a network such as 10.0.0.0/8.", [nameof(MetricsNetworks)]);
        }
    }
}
