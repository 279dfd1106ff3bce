using System.Security.Claims;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Messages;

/// <summary>Messages: lists, one, its children, and sums. Which parameters there are and what they mean is Core's.</summary>
internal static class MessageEndpoints
{
    public static RouteGroupBuilder MapMessages(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/messages").WithTags("Messages");
        group.MapGet("", ListAsync).WithQuery(MessageQuery.Parameters).WithName("ListMessages")
            .WithSummary("Messages, newest first")
            .WithDescription("A page by occurredAt, then id. nextCursor begins the next page; null when there is none.");
        group.MapGet("/aggregate", AggregateAsync).WithQuery(MessageAggregate.Parameters).WithName("AggregateMessages")
            .WithSummary("Counts, sums and percentiles of messages by group")
            .WithDescription("costMicrocents is USD × 10⁶, summed exactly and rounded once. A group without a value is null. truncated says that there are more groups.");
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
        HttpRequest request, SystemAccess access, IMessageStore messages, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        MessageAggregate.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var query, out var error)
            ? TypedResults.Ok(await messages.AggregateAsync(query, cancellationToken))
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
