using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace ActivityLog.Web.Hosting.Telemetry;

/// <summary>Collects the process's own spans while it runs, if there is an endpoint for them; what waits at its end is sent then.</summary>
internal sealed class OwnTraces(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = options.Value.Endpoint is null ? null : TelemetrySetup.BuildTraces(options.Value);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _provider?.Dispose();
}
