using System.Security.Claims;
using ActivityLog.Core.Messages;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace ActivityLog.Web.Live;

/// <summary>What comes in, to scripts.</summary>
internal static class MessageStreamEndpoint
{
    private const string RetryAfterSeconds = "60";

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        services.AddSingleton<StreamLimit>();
        services.AddSingleton<MessageStream>();
        return services;
    }

    public static void MapMessageStream(this RouteGroupBuilder group) =>
        group.MapGet("/stream", RunAsync).WithQuery(MessageQuery.FilterParameters).WithName("StreamMessages")
            .WithSummary("Messages as they come in")
            .WithDescription(
                "Server-sent events: message with a message as its data and its id as the event's; gap when more came at once than can be followed; end, last, with " +
                "the reason, when your access ends. It begins now and can't be resumed (Last-Event-ID isn't looked at): after a break, GET /api/v1/messages has what was " +
                "missed. A message is told once, with the parts that it has then; one whose time lies before the newest thousands of its System isn't told. " +
                "A comment comes every 15 seconds while nothing else does. 429 when too many streams are open.")
            .Produces<string>(StatusCodes.Status200OK, EventWriter.ContentType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<EmptyHttpResult, ValidationProblem, ProblemHttpResult>> RunAsync(
        HttpContext context, SystemAccess access, MessageStream stream, StreamLimit limit, IOptions<JsonOptions> json, ClaimsPrincipal person,
        CancellationToken cancellationToken)
    {
        var parameters = QueryParameters.Read(context.Request);
        if (!MessageQuery.TryParseConditions(parameters, await access.ScopeAsync(person, cancellationToken), out _, out var error))
        {
            return error.ToProblem();
        }

        using var place = limit.TryTake(person.FindFirstValue(ClaimTypes.NameIdentifier)!);
        if (place is null)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return TypedResults.Problem("Too many streams are open. Close one, or try again later.", statusCode: StatusCodes.Status429TooManyRequests);
        }

        context.Response.ContentType = EventWriter.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // Proxies that gather answers before they pass them on.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        var expiresAt = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        await stream.RunAsync(new EventWriter(context.Response.BodyWriter, json.Value.SerializerOptions), ReadAsync, person, expiresAt, cancellationToken);
        return TypedResults.Empty;

        // What one may see may change while the stream is open.
        async Task<MessageQuery> ReadAsync(CancellationToken cancelled) =>
            MessageQuery.TryParseConditions(parameters, await access.ScopeAsync(person, cancelled), out var query, out var wrong)
                ? query
                : throw new InvalidOperationException(wrong.Message);
    }
}
