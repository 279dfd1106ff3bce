using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Makes messages with all that logs and spans have in common: identity, person, ids, what a model and a tool are called.</summary>
internal sealed class MessageFactory(MappingContext context)
{
    /// <summary>Longest name or id that is promoted; the whole of it stays in the metadata.</summary>
    private const int MaxNameCharacters = 200;

    // An ellipsis and sixteen hexadecimal digits.
    private const int IdHashLength = 17;

    private const int MaxErrorCharacters = 4096;

    // 31 years.
    private const double MaxMilliseconds = 1e12;

    /// <summary>A message of the record.</summary>
    /// <param name="record">Its attributes.</param>
    /// <param name="identity">What it is.</param>
    /// <param name="occurredAt">When it happened; null where that wasn't told: when it came here has to do, and is marked as such.</param>
    /// <param name="contentHash">Hash of all of it.</param>
    public Message Create(RecordAttributes record, in RecordIdentity identity, DateTime? occurredAt, ulong contentHash)
    {
        var fields = record.Fields;
        var ids = new RecordIds(
            SessionOf(record), ShortId(fields.Text(RequestId)), ShortId(fields.Text(ToolUseId)), identity.TraceId, identity.SpanId, Claude.IsScope(record.Scope));
        return new()
        {
            SystemKey = context.Sender.SystemKey,
            TokenKey = context.Sender.TokenKey,
            Key = MessageIdentity.Of(context.Sender.SystemKey, identity.Type, ids, identity.Part == MessageParts.Span, contentHash),
            Parts = identity.Part,
            Type = identity.Type,
            Name = Short(identity.Name)!,
            OccurredAt = occurredAt ?? context.ReceivedAt,
            ReceivedAt = context.ReceivedAt,
            ExpiresAt = context.ExpiresAt,
            TraceId = identity.TraceId,
            SpanId = identity.SpanId,
            SessionId = ids.Session,
            RequestId = ids.Request,
            ToolUseId = ids.ToolUse,
            PromptId = ShortId(fields.Text(PromptId)),
            ServiceName = Short(fields.Text(ServiceName)),
            Model = Short(fields.Text(Model)),
            Provider = Short(fields.Text(Provider)),
            UserName = UserOf(record),
            ToolName = Short(ToolNames.Of(fields)),
            AgentName = Short(fields.Text(AgentName)),
            Attributes = record.Shared,
            Marks = (IsRepaired(ids.Session) || IsRepaired(ids.Request) || IsRepaired(ids.ToolUse) ? MessageMarks.TextRepaired : MessageMarks.None)
                | (occurredAt is null ? MessageMarks.TimeOfArrival : MessageMarks.None),
        };
    }

    /// <summary>
    /// The session. Claude Code's spans name a conversation even where it is told to leave the session out; its events don't, and must meet them.
    /// </summary>
    public static string? SessionOf(RecordAttributes record) =>
        ShortId(record.Fields.Text(SessionId) ?? (Claude.IsScope(record.Scope) ? null : record.Fields.Text(ConversationId)));

    /// <summary>The person, by the first of the attributes that name one.</summary>
    public static string? UserOf(RecordAttributes record)
    {
        var fields = record.Fields;
        var id = fields.Text(UserId);
        return Short(fields.Text(UserEmail)
            ?? fields.Text(EndUserId)
            ?? fields.Text(UserName)
            ?? (record.UserIdIsOfResource ? id : null)
            ?? fields.Text(UserAccount)
            ?? id);
    }

    /// <summary>Whole characters of a name or an id, as many as are promoted.</summary>
    public static string? Short(string? text) => text is null ? null : BodyText.Cut(text, MaxNameCharacters, out _);

    /// <summary>
    /// An id; one that is too long to be promoted is cut, with a hash of all of it behind, so that it stays another than those that begin alike. Keys are made
    /// of the same text that is kept: what is shown finds its rows again.
    /// </summary>
    public static string? ShortId(string? id) => id is null || id.Length <= MaxNameCharacters
        ? id
        : $"{BodyText.Cut(id, MaxNameCharacters - IdHashLength, out _)}…{ContentHash.Of(id):x16}";

    /// <summary>What went wrong, in the sender's words; null when nothing says so.</summary>
    public static string? ErrorOf(FieldValues fields, string? statusMessage = null)
    {
        var text = (fields[Error].Kind == AttributeKind.Bool ? null : fields.Text(Error)) ?? statusMessage ?? fields.Text(ErrorType);
        return string.IsNullOrWhiteSpace(text) ? null : BodyText.Cut(text, MaxErrorCharacters, out _);
    }

    /// <summary>Sets usage and cost: a generation's only, for all others they are roll-ups or told elsewhere.</summary>
    public static void SetUsage(Message message, RecordAttributes record)
    {
        if (message.Type == MessageType.Generation)
        {
            Usage.Set(message, record);
        }

        message.TimeToFirstTokenMs = Milliseconds(record.Fields[TimeToFirstTokenMs].AsDouble() ?? record.Fields[TimeToFirstTokenSeconds].AsDouble() * 1000);
    }

    /// <summary>A length of time in milliseconds; null for what can't be one, so that sums stay finite.</summary>
    public static double? Milliseconds(double? number) => number is >= 0 and <= MaxMilliseconds ? number : null;

    /// <summary>Sets the text, cut to what the System's plan keeps.</summary>
    public void SetBody(Message message, string? text)
    {
        if (string.IsNullOrEmpty(text) || text == Content.Redacted)
        {
            return;
        }

        var body = BodyText.Cut(text, context.Sender.BodyCharacters, out var cut);
        message.Body = body.Length == 0 ? null : body;
        message.Marks |= cut ? MessageMarks.BodyCut : MessageMarks.None;
    }

    private static bool IsRepaired(string? id) => id is not null && id.Contains('\uFFFD');
}
