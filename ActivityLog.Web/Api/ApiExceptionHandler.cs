using System.Text.Json;
using ActivityLog.Core.Storage;
using ActivityLog.Web.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace ActivityLog.Web.Api;

/// <summary>Turns what was thrown into an answer: what the caller sent wrong into 400, a database that is away into 503, the rest into 500.</summary>
internal sealed class ApiExceptionHandler(IProblemDetailsService problems, IOptions<JsonOptions> json) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return await WriteAsync(httpContext, Describe(httpContext, bad), bad.StatusCode);
            case var _ when StoreErrors.WillPass(exception):
                await DatabaseAway.WriteAsync(httpContext);
                return true;
            // A sender drops its batch on 500, and sends it again on 503.
            case var _ when ApiErrors.IsOtlp(httpContext.Request.Path):
                httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return await WriteAsync(httpContext, new() { Detail = "Something went wrong here. Try again." }, StatusCodes.Status503ServiceUnavailable);
            default:
                return false;
        }
    }

    // Never the framework's own words: they name types and parameters of the program.
    private ProblemDetails Describe(HttpContext context, BadHttpRequestException exception)
    {
        switch (exception.InnerException)
        {
            case JsonException { Path: { Length: > 2 } path }:
                var field = path[2..];
                var fields = Fields(context);
                var message = fields.Contains(field)
                    ? "This value isn't of the kind that is allowed here."
                    : $"There is no such field here (names are case-sensitive). Allowed: {string.Join(", ", fields)}.";
                return new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [message] }) { Detail = $"{field}: {message}" };
            case JsonException:
                return new() { Detail = "The body isn't the JSON that is expected here." };
            default:
                return new() { Detail = exception.StatusCode == StatusCodes.Status400BadRequest ? "A JSON body is needed here." : exception.Message };
        }
    }

    private List<string> Fields(HttpContext context)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type
            ? [.. json.Value.SerializerOptions.GetTypeInfo(type).Properties.Select(static property => property.Name)]
            : [];
    }

    private ValueTask<bool> WriteAsync(HttpContext context, ProblemDetails problem, int status)
    {
        context.Response.StatusCode = problem.Status ??= status;
        return problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
    }
}
