using System.Security.Claims;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Web.Api;
using ActivityLog.Web.Live;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Messages;

/// <summary>Messages: lists, one, its children, sums, exports and what comes in. Which parameters there are and what they mean is Core's.</summary>
internal static class MessageEndpoints
{
    public static RouteGroupBuilder MapMessages(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/messages").WithTags("Messages");
        group.MapGet("", ListAsync).WithQuery(MessageQuery.Parameters).WithName("ListMessages")
            .WithSummary("Messages, newest first")
            .WithDescription("A page by occurredAt, then id. nextCursor begins the next page; null when there is none.");
        group.MapGet("/aggregate", AggregateAsync).WithQuery(MessageAggregate.Parameters).WithAnsweredFrom().WithName("AggregateMessages")
            .WithSummary("Counts, sums and percentiles of messages by group")
            .WithDescription("costMicrocents is USD × 10⁶, summed exactly and rounded once. A group without a value is null. truncated says that there are more groups.");
        group.MapGet("/timeline", TimelineAsync).WithQuery(MessageTimeline.Parameters).WithAnsweredFrom().WithName("MessageTimeline")
            .WithSummary("The same over time, each interval present")
            .WithDescription("A row for each interval and group, also where nothing was: counts and sums are 0 there, other figures null. By time, then groups largest first.");
        group.MapGet("/export", ExportAsync).WithQuery(MessageExport.Parameters).WithName("ExportMessages")
            .WithSummary("All messages of a query, as a file")
            .WithDescription("Newest first, however many, while they are read. A connection that ends without the last chunk is an export that isn't whole. In CSV a text that a spreadsheet would run as a formula has a ' before it.")
            .Produces<string>(StatusCodes.Status200OK, MessageExportWriter.NdjsonContentType, "text/csv");
        group.MapMessageStream();
        group.MapGet("/{id:guid}", GetAsync).WithName("GetMessage").WithSummary("A message");
        group.MapGet("/{id:guid}/children", ListChildrenAsync).WithName("ListMessageChildren")
            .WithSummary("Messages under a message").WithDescription("Those whose parentId or parent span is this one, oldest first.");
        return group;
    }

    private static async Task<Results<Ok<MessagePage>, ValidationProblem>> ListAsync(
        HttpRequest request, SystemAccess access, IMessageStore messages, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        MessageQuery.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var query, out var error)
            ? TypedResults.Ok(await messages.ListAsync(query, cancellationToken))
            : error.ToProblem();

    private static async Task<Results<Ok<AggregateResult>, ValidationProblem>> AggregateAsync(
        HttpRequest request, SystemAccess access, IMessageStore messages, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (!MessageAggregate.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var query, out var error))
        {
            return error.ToProblem();
        }

        var result = await messages.AggregateAsync(query, cancellationToken);
        AnsweredFrom.Tell(request.HttpContext.Response, result);
        return TypedResults.Ok(result);
    }

    private static async Task<Results<Ok<AggregateResult>, ValidationProblem>> TimelineAsync(
        HttpRequest request, SystemAccess access, MessageTimelines timelines, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (!MessageTimeline.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var query, out var error))
        {
            return error.ToProblem();
        }

        var (timeline, tooMany) = await timelines.RunAsync(query, cancellationToken);
        if (timeline is null)
        {
            return tooMany!.ToProblem();
        }

        AnsweredFrom.Tell(request.HttpContext.Response, timeline);
        return TypedResults.Ok(timeline);
    }

    private static async Task<Results<PushStreamHttpResult, ValidationProblem>> ExportAsync(
        HttpRequest request, SystemAccess access, MessageExportWriter writer, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        MessageExport.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var export, out var error)
            ? TypedResults.Stream(
                _ => writer.WriteAsync(export, request.HttpContext.Response.BodyWriter, cancellationToken),
                MessageExportWriter.ContentTypeOf(export.Format),
                $"messages.{export.Format.ToString().ToLowerInvariant()}")
            : error.ToProblem();

    private static async Task<Results<Ok<MessageView>, NotFound>> GetAsync(
        Guid id, SystemAccess access, IMessageStore messages, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await messages.GetAsync(id, await access.KeysAsync(person, cancellationToken), cancellationToken) is { } message
            ? TypedResults.Ok(message)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<MessagePage>, NotFound>> ListChildrenAsync(
        Guid id, SystemAccess access, IMessageStore messages, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await messages.ListChildrenAsync(id, await access.KeysAsync(person, cancellationToken), cancellationToken) is { } children
            ? TypedResults.Ok(children)
            : TypedResults.NotFound();
}
