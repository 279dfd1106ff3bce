using System.Data.Common;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Systems;

namespace ActivityLog.Core.Messages;

/// <summary>
/// Joins the text of a generation from the rows it came in: the prompt belongs to the first generation of its prompt id, the completion to the generation
/// with its request id. Nothing is copied when rows are stored.
/// </summary>
internal sealed class GenerationBodies(SqlDatabase database, PlanOptions plans)
{
    /// <summary>The messages, generations with their text.</summary>
    public async Task<IReadOnlyList<FoundMessage>> JoinAsync(IReadOnlyList<FoundMessage> messages, CancellationToken cancellationToken)
    {
        var generations = messages.Where(IsJoined).ToList();
        if (generations.Count == 0)
        {
            return messages;
        }

        var parts = (await ReadAsync(generations, cancellationToken)).ToLookup(static part => part.Range);
        return [.. messages.Select(message => IsJoined(message) ? Join(message, parts[message.Range]) : message)];
    }

    private static bool IsJoined(FoundMessage message) =>
        message.View is { Type: MessageType.Generation, Body: null } view && (view.PromptId ?? view.RequestId) is not null;

    private FoundMessage Join(FoundMessage generation, IEnumerable<Part> session)
    {
        var (prompt, request) = (generation.View.PromptId, generation.View.RequestId);
        var ofPrompt = prompt is null ? [] : session.Where(part => part.PromptId == prompt).ToList();
        var first = ofPrompt.Where(static part => part.Type == MessageType.Generation).MinBy(static part => (part.StartedAt, part.CallKey));
        var isFirst = first?.CallKey == generation.Key.Call;
        List<Part> texts =
        [
            .. ofPrompt.Where(part => isFirst && part is { Type: MessageType.Prompt, Body: not null })
                .OrderBy(static part => (part.StartedAt, part.CallKey)).Take(1),
            .. session.Where(part => request is not null && part is { Type: MessageType.Response, Body: not null } && part.RequestId == request)
                .OrderBy(static part => (part.StartedAt, part.CallKey)),
        ];
        if (texts.Count == 0)
        {
            return generation;
        }

        var joined = BodyText.Cut(string.Join("\n\n", texts.Select(static part => part.Body)), plans.BodyCharacters(generation.Plan), out var cut);
        return generation with { View = generation.View with { Body = joined, BodyCut = cut || texts.Exists(static part => part.IsCut) } };
    }

    private Task<List<Part>> ReadAsync(List<FoundMessage> generations, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        var prompts = generations.Select(static message => message.View.PromptId).OfType<string>().Distinct().ToList();
        var requests = generations.Select(static message => message.View.RequestId).OfType<string>().Distinct().ToList();
        string?[] either =
        [
            prompts.Count == 0 ? null : $"m.prompt_id in ({sql.Parameters(prompts)})",
            requests.Count == 0 ? null : $"m.request_id in ({sql.Parameters(requests)})",
        ];
        sql.Add("select m.system_key, m.session_key, m.call_key, m.type, coalesce(m.started_at, m.occurred_at), m.prompt_id, m.request_id, m.marks, ")
            .Add($"case when m.type = {(short)MessageType.Generation} then null else m.body end from messages m ")
            .Add($"where {SessionRange.Condition(generations.Select(static message => message.Range), sql)} ")
            .Add($"and m.type in ({(short)MessageType.Generation}, {(short)MessageType.Prompt}, {(short)MessageType.Response}) ")
            .Add($"and ({string.Join(" or ", either.OfType<string>())})");
        return database.ReadAsync(sql, Read, cancellationToken);
    }

    private static Part Read(DbDataReader reader) => new(
        new SessionRange(reader.GetInt32(0), reader.GetInt64(1)),
        reader.GetInt64(2),
        (MessageType)reader.GetInt16(3),
        reader.GetInt64(4),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        ((MessageMarks)reader.GetInt16(7)).HasFlag(MessageMarks.BodyCut),
        reader.IsDBNull(8) ? null : reader.GetString(8));

    private sealed record Part(
        SessionRange Range, long CallKey, MessageType Type, long StartedAt, string? PromptId, string? RequestId, bool IsCut, string? Body);
}
