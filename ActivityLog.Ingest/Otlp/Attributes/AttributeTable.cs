using System.Collections.Frozen;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>
/// The one table of attribute names, for all conventions at once: a row a name. Where several rows of a field are there, the first of them wins;
/// what has no row is kept in the metadata as it came, and so is what has one.
/// </summary>
internal static class AttributeTable
{
    private static readonly (string Name, MessageField Field)[] s_rows =
    [
        // What it is.
        ("event.name", EventName),
        ("event.kind", EventKind),
        ("gen_ai.operation.name", Operation),
        ("openinference.span.kind", SpanKind),
        ("llm.request.type", RequestType),
        ("ai.operationId", SdkOperation),

        // Who and where.
        ("service.name", ServiceName),
        ("user.email", UserEmail),
        ("enduser.id", EndUserId),
        ("user.name", UserName),
        ("user.id", UserId),
        ("user.account_uuid", UserAccount),
        ("agent.name", AgentName),
        ("gen_ai.agent.name", AgentName),
        ("agent_type", AgentName),

        // Ids.
        ("session.id", SessionId),
        ("gen_ai.conversation.id", ConversationId),
        ("conversation.id", ConversationId),
        ("prompt.id", PromptId),
        ("prompt_id", PromptId),
        ("request_id", RequestId),
        ("gen_ai.response.id", RequestId),
        ("ai.response.id", RequestId),
        ("tool_use_id", ToolUseId),
        ("gen_ai.tool.call.id", ToolUseId),
        ("ai.toolCall.id", ToolUseId),
        ("call_id", ToolUseId),

        // The model: the one that answered before the one asked for.
        ("model", Model),
        ("gen_ai.response.model", Model),
        ("gen_ai.request.model", Model),
        ("ai.response.model", Model),
        ("ai.model.id", Model),
        ("llm.model_name", Model),
        ("embedding.model_name", Model),
        ("gen_ai.provider.name", Provider),
        ("gen_ai.system", Provider),
        ("llm.provider", Provider),
        ("llm.system", Provider),
        ("ai.model.provider", Provider),

        // Tokens. Anthropic leaves the cache out of the input, the others count it in.
        ("input_tokens", UncachedInputTokens),
        ("gen_ai.usage.input_tokens", AllInputTokens),
        ("gen_ai.usage.prompt_tokens", AllInputTokens),
        ("llm.usage.prompt_tokens", AllInputTokens),
        ("llm.token_count.prompt", AllInputTokens),
        ("ai.usage.inputTokens", AllInputTokens),
        ("ai.usage.promptTokens", AllInputTokens),
        ("input_token_count", AllInputTokens),
        ("output_tokens", OutputTokens),
        ("gen_ai.usage.output_tokens", OutputTokens),
        ("gen_ai.usage.completion_tokens", OutputTokens),
        ("llm.usage.completion_tokens", OutputTokens),
        ("llm.token_count.completion", OutputTokens),
        ("ai.usage.outputTokens", OutputTokens),
        ("ai.usage.completionTokens", OutputTokens),
        ("output_token_count", OutputTokens),
        ("thoughts_token_count", ReasoningTokensBeside),
        ("cache_read_tokens", CacheReadTokens),
        ("gen_ai.usage.cache_read.input_tokens", CacheReadTokens),
        ("gen_ai.usage.cache_read_input_tokens", CacheReadTokens),
        ("llm.token_count.prompt_details.cache_read", CacheReadTokens),
        ("ai.usage.cachedInputTokens", CacheReadTokens),
        ("cached_token_count", CacheReadTokens),
        ("cached_content_token_count", CacheReadTokens),
        ("cache_creation_tokens", CacheCreateTokens),
        ("gen_ai.usage.cache_creation.input_tokens", CacheCreateTokens),
        ("gen_ai.usage.cache_write.input_tokens", CacheCreateTokens),
        ("gen_ai.usage.cache_creation_input_tokens", CacheCreateTokens),
        ("llm.token_count.prompt_details.cache_write", CacheCreateTokens),
        ("gen_ai.usage.total_tokens", TotalTokens),
        ("llm.usage.total_tokens", TotalTokens),
        ("llm.token_count.total", TotalTokens),
        ("ai.usage.totalTokens", TotalTokens),
        ("total_token_count", TotalTokens),

        // Cost and time.
        ("cost_usd", CostUsd),
        ("gen_ai.usage.cost", CostUsd),
        ("llm.cost.total", CostUsd),
        ("cost_usd_micros", CostUsdMicros),
        ("duration_ms", DurationMs),
        ("total_duration_ms", DurationMs),
        ("ttft_ms", TimeToFirstTokenMs),
        ("ai.response.msToFirstChunk", TimeToFirstTokenMs),
        ("gen_ai.response.time_to_first_chunk", TimeToFirstTokenSeconds),
        ("gen_ai.server.time_to_first_token", TimeToFirstTokenSeconds),

        // How it ended.
        ("success", Success),
        ("decision", Decision),
        ("error", Error),
        ("error.message", Error),
        ("error_message", Error),
        ("exception.message", Error),
        ("error_type", ErrorType),
        ("error.type", ErrorType),
        ("error_class", ErrorType),
        ("exception.type", ErrorType),

        // Tools.
        ("tool_name", ToolName),
        ("gen_ai.tool.name", ToolName),
        ("ai.toolCall.name", ToolName),
        ("tool.name", ToolName),
        ("function_name", ToolName),
        ("tool_parameters", ToolParameters),

        // Content.
        ("prompt", InputText),
        ("prompt_text", InputText),
        ("user_prompt", InputText),
        ("tool_input", InputText),
        ("gen_ai.tool.call.arguments", InputText),
        ("gen_ai.input.messages", InputText),
        ("gen_ai.prompt", InputText),
        ("ai.prompt", InputText),
        ("ai.prompt.messages", InputText),
        ("ai.toolCall.args", InputText),
        ("input.value", InputText),
        ("arguments", InputText),
        ("function_args", InputText),
        ("response", OutputText),
        ("gen_ai.tool.call.result", OutputText),
        ("gen_ai.output.messages", OutputText),
        ("gen_ai.completion", OutputText),
        ("ai.response.text", OutputText),
        ("ai.toolCall.result", OutputText),
        ("output.value", OutputText),
        ("response_text", OutputText),
        ("body", OutputText),
        ("output", OutputText),
        ("content", OutputText),
    ];

    /// <summary>Further names of content: cut like a body, and telling nothing else.</summary>
    private static readonly string[] s_content =
    [
        "tool_parameters", "full_command", "bash_command", "diff", "system_prompt", "system_prompt_preview", "user_system_prompt", "new_context", "tools",
        "gen_ai.system_instructions", "gen_ai.tool.definitions", "gen_ai.tool.description", "llm.input_messages", "llm.output_messages",
        "llm.prompt_template.template", "request_text", "ai.response.object", "ai.response.toolCalls", "ai.prompt.tools", "error", "error.message", "exception.stacktrace",
    ];

    private static readonly FrozenDictionary<string, AttributeRow> s_table = Build();

    /// <summary>Number of fields.</summary>
    public static int FieldCount { get; } = Enum.GetValues<MessageField>().Length;

    /// <summary>What is known of the name; nothing for most.</summary>
    public static AttributeRow Find(string name) => s_table.GetValueOrDefault(name);

    private static FrozenDictionary<string, AttributeRow> Build()
    {
        var table = new Dictionary<string, AttributeRow>(StringComparer.Ordinal);
        for (var i = 0; i < s_rows.Length; i++)
        {
            var (name, field) = s_rows[i];
            table.Add(name, new(field, (byte)(i + 1), field is InputText or OutputText));
        }

        foreach (var name in s_content)
        {
            table[name] = table.TryGetValue(name, out var row) ? row with { IsContent = true } : new(null, 0, true);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
