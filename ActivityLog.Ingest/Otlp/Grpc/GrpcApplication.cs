using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>What the gRPC port's server runs for each call: this pipeline and nothing of the web addresses'.</summary>
internal sealed class GrpcApplication(IHttpContextFactory contexts, RequestDelegate pipeline) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        contextFeatures.Get<Http1Connection>()?.HasRequest = true;
        return contexts.Create(contextFeatures);
    }

    public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

    public void DisposeContext(HttpContext context, Exception? exception) => contexts.Dispose(context);
}
