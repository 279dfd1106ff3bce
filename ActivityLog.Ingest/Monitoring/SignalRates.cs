namespace ActivityLog.Ingest.Monitoring;

/// <summary>How much came a second, by signal.</summary>
/// <param name="Logs">Log records, or requests with them.</param>
/// <param name="Traces">Spans, likewise.</param>
/// <param name="Metrics">Data points, likewise.</param>
public sealed record SignalRates(double Logs, double Traces, double Metrics)
{
    /// <summary>All of them.</summary>
    public double Total => Logs + Traces + Metrics;
}
