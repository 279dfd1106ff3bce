using System.Diagnostics;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace ActivityLog.Ingest.Otlp;

/// <summary>
/// Counts what the web server turns away at the web addresses before there is a request that anybody could answer: TLS where there is none, lines and headers that are
/// broken or too long. Whose it is can't be told, but for the address.
/// </summary>
internal sealed class ServerRefusals(DiagnosticListener server, OtlpRefuser refuser) : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    // The server tells it to whoever listens, as an event of this name with what is known of the request.
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = server.Subscribe(this, static name => name == BadRequest);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection features && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException error && !IsAnsweredElsewhere(features))
        {
            refuser.CountConnection(features.Get<IHttpConnectionFeature>()?.RemoteIpAddress, error.StatusCode, ReasonOf(error));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    // A request whose body broke off is counted with its token; and what goes elsewhere is no sender's.
    private static bool IsAnsweredElsewhere(IFeatureCollection features) =>
        features.Get<TokenFeature>() is not null || (features.Get<IHttpRequestFeature>()?.Path is { Length: > 0 } path && !OtlpEndpoints.IsOtlp(path));

    private static string ReasonOf(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => "a request whose head came too slowly",
        StatusCodes.Status414UriTooLong => "a request whose first line is too long",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "a request whose headers are too long",
        StatusCodes.Status505HttpVersionNotsupported => "a version of HTTP that isn't spoken here",
        _ when error.Message.Contains("TLS", StringComparison.Ordinal) => RefusalReasons.Tls,
        _ => RefusalReasons.Unreadable,
    };
}
