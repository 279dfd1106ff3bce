namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>What an attribute can tell about a message or a metric point, whichever convention named it.</summary>
internal enum MessageField : byte
{
    /// <summary>Name of the event.</summary>
    EventName,

    /// <summary>Says more of an event of the same name (Codex).</summary>
    EventKind,

    /// <summary>What a span or event does: <c>chat</c>, <c>execute_tool</c> …</summary>
    Operation,

    /// <summary>OpenInference's kind of span: <c>LLM</c>, <c>TOOL</c> …</summary>
    SpanKind,

    /// <summary>OpenLLMetry's kind of call: <c>chat</c>, <c>completion</c> …</summary>
    RequestType,

    /// <summary>The AI SDK's operation: <c>ai.generateText.doGenerate</c> …</summary>
    SdkOperation,

    /// <summary><c>service.name</c>.</summary>
    ServiceName,

    /// <summary>Model that answered, else the one asked for.</summary>
    Model,

    /// <summary>Who serves the model.</summary>
    Provider,

    /// <summary>The sender's session id.</summary>
    SessionId,

    /// <summary>The conversation, which is the session of a sender that names no session.</summary>
    ConversationId,

    /// <summary>The sender's prompt id.</summary>
    PromptId,

    /// <summary>Id of a call of a model.</summary>
    RequestId,

    /// <summary>Id of a use of a tool.</summary>
    ToolUseId,

    /// <summary>Name of a tool.</summary>
    ToolName,

    /// <summary>What the tool was given, where its real name may be.</summary>
    ToolParameters,

    /// <summary>Name of the agent.</summary>
    AgentName,

    /// <summary>An e-mail address: the best name of a person.</summary>
    UserEmail,

    /// <summary>A person's id, by OpenTelemetry's older name.</summary>
    EndUserId,

    /// <summary>A person's name.</summary>
    UserName,

    /// <summary>A person's id, or an installation's.</summary>
    UserId,

    /// <summary>An account's id.</summary>
    UserAccount,

    /// <summary>Input tokens without those of the cache.</summary>
    UncachedInputTokens,

    /// <summary>Input tokens, those of the cache among them.</summary>
    AllInputTokens,

    /// <summary>Output tokens, reasoning among them.</summary>
    OutputTokens,

    /// <summary>Reasoning tokens that <see cref="OutputTokens"/> leaves out.</summary>
    ReasoningTokensBeside,

    /// <summary>Tokens read from a cache.</summary>
    CacheReadTokens,

    /// <summary>Tokens written to a cache.</summary>
    CacheCreateTokens,

    /// <summary>All tokens of a call.</summary>
    TotalTokens,

    /// <summary>Cost in USD.</summary>
    CostUsd,

    /// <summary>Cost in USD × 10⁶.</summary>
    CostUsdMicros,

    /// <summary>Milliseconds.</summary>
    DurationMs,

    /// <summary>Milliseconds to the first token.</summary>
    TimeToFirstTokenMs,

    /// <summary>Seconds to the first token.</summary>
    TimeToFirstTokenSeconds,

    /// <summary>Whether it succeeded.</summary>
    Success,

    /// <summary>Whether a tool might be used.</summary>
    Decision,

    /// <summary>What went wrong, in words.</summary>
    Error,

    /// <summary>What went wrong, as a class of errors.</summary>
    ErrorType,

    /// <summary>Text that went in: a prompt, a tool's input.</summary>
    InputText,

    /// <summary>Text that came out: an answer, a tool's output.</summary>
    OutputText,
}
