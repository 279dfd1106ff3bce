using System.Text.Json;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Systems;

namespace ActivityLog.Core.Messages;

/// <summary>
/// Adds to messages what other rows say about them: the text of generations, and the parents of tool calls. Two statements, however many messages, unless their sessions are long.
/// </summary>
internal sealed class MessageCompletion(SqlDatabase database, PlanOptions plans)
{
    private const string RuleAttribute = "parent.rule";

    private readonly GenerationBodies _bodies = new(database, plans);

    /// <summary>The messages as they are shown.</summary>
    /// <param name="messages">As read.</param>
    /// <param name="parents">The parents, where they are known already.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<MessageView>> CompleteAsync(IReadOnlyList<FoundMessage> messages, ToolParents? parents, CancellationToken cancellationToken)
    {
        var joined = await _bodies.JoinAsync(messages, cancellationToken);
        var guessed = joined.Where(static message => message.View is { Type: MessageType.Tool, RequestId: null }).ToList();
        if (guessed.Count > 0)
        {
            parents ??= new ToolParents(await RelatedRow.ReadAsync(database, [.. guessed.SelectMany(static message => message.Ranges).Distinct()], cancellationToken));
        }

        return [.. joined.Select(message => WithParent(message, parents))];
    }

    private static MessageView WithParent(FoundMessage message, ToolParents? parents)
    {
        var view = message.View;
        var parent = view.Type == MessageType.Tool
            ? ToolParents.ByRequest(message.SystemKey, view.SessionId, view.RequestId) ?? parents?.Of(message.SystemKey, message.Key)
            : null;
        if (parent is not { } found)
        {
            return view;
        }

        view = view with { ParentId = found.Key.ToGuid() };
        if (found.Rule is null)
        {
            return view;
        }

        var metadata = new SortedDictionary<string, JsonElement>(view.Metadata.ToDictionary(), StringComparer.Ordinal)
        {
            [RuleAttribute] = JsonSerializer.SerializeToElement(found.Rule),
        };
        return view with { Metadata = metadata };
    }
}
