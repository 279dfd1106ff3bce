using System.Text.Json;
using ActivityLog.Core.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace ActivityLog.Web.Api;

/// <summary>Turns what was thrown into an answer: what the caller sent wrong into 400, a database that is away into 503, the rest into 500.</summary>
internal sealed class ApiExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return await WriteAsync(httpContext, bad.StatusCode, Describe(bad));
            case StoreUnavailableException:
                httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return await WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable, "The database can't be reached or takes no work now. Try again.");
            // A sender drops its batch on 500, and sends it again on 503.
            case var _ when ApiErrors.IsOtlp(httpContext.Request.Path):
                httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return await WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable, "Something went wrong here. Try again.");
            default:
                return false;
        }
    }

    // Never the framework's own words for a JSON error: they name types of the program.
    private static string Describe(BadHttpRequestException exception) => exception.InnerException switch
    {
        JsonException { Path: { Length: > 2 } path } => $"{path[2..]}: This value or field isn't allowed here.",
        JsonException => "The body isn't the JSON that is expected here.",
        _ => exception.Message,
    };

    private ValueTask<bool> WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        return problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = { Status = status, Detail = detail } });
    }
}
