using System.Diagnostics;
using OpenTelemetry.Trace;

namespace ActivityLog.Web.Hosting.Telemetry;

/// <summary>
/// Requests are traced, and what is done for them; nothing else is: statements of background work would be traces of their own, with each commit of what senders
/// send. A caller who traces decides for its requests.
/// </summary>
internal sealed class RequestSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var isTraced = samplingParameters.ParentContext.TraceId == default
            ? samplingParameters.Kind == ActivityKind.Server
            : samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        return new SamplingResult(isTraced);
    }
}
