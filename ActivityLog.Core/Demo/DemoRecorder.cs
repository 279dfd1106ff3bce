using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Tokens;
using static ActivityLog.Core.Messages.MessageKeys;

namespace ActivityLog.Core.Demo;

/// <summary>
/// Turns what happens in one session into rows and metric points, as they are once event and span of a call have met.
/// </summary>
internal sealed class DemoRecorder : IDisposable
{
    private const string Service = "claude-code";
    private const string Provider = "anthropic";
    private const long Unit = 1_000_000_000;

    private readonly DemoTarget _target;
    private readonly DemoRandom _random;
    private readonly List<Message> _messages;
    private readonly List<MetricPoint> _points;
    private readonly DemoAttributes _json = new();
    private readonly DemoMeters _meters;
    private readonly string _sessionId;
    private readonly long _sessionKey;
    private readonly string _userName;
    private readonly string _language;
    private readonly AttributeSet _attributes;
    private readonly AttributeSet _ofSpans;
    private int _sequence = -1;
    private string? _promptId;
    private byte[]? _traceId;

    public DemoRecorder(DemoSessionPlan plan, DemoTarget target, List<Message> messages, List<MetricPoint> points)
    {
        (_target, _random, _messages, _points) = (target, plan.Random, messages, points);
        var person = plan.Person;
        _sessionId = _random.Uuid();
        _sessionKey = Session(target.SystemKey, SessionSource.Session, _sessionId);
        _language = person.Language.Name;
        var isOther = person.OtherName is not null && _random.Chance(0.35);
        _userName = isOther ? person.OtherName! : person.Email;
        // The first most of the time.
        var repository = _random.Chance(0.7) ? person.Repositories[0] : _random.Of(person.Repositories);
        var version = plan.Progress > 0.5 ? "2.1.330" : plan.Progress > 0.2 ? "2.1.304" : "2.1.287";
        _attributes = AttributeSet.Create(Shared("com.anthropic.claude_code.events"));
        _ofSpans = AttributeSet.Create(Shared("com.anthropic.claude_code.tracing"));
        _meters = new(target, _sessionId, _userName, Service, AttributeSet.Create(Shared("com.anthropic.claude_code")), plan.Start);
        _meters.Add("claude_code.session.count", "", """{"start_type":"fresh"}""", null, Unit);

        // By name: the same content is the same set.
        string Shared(string scope) => _json.Begin()
            .Add("anthropic.provider", "firstParty")
            .Add("cost_center", person.CostCenter)
            .Add("department", person.Department)
            .Add("host.arch", person.OperatingSystem == "darwin" ? "arm64" : "amd64")
            .Add("os.type", person.OperatingSystem)
            .Add("otel.scope.name", scope)
            .Add("otel.scope.version", version)
            .Add("service.name", Service)
            .Add("service.version", version)
            .Add("session.id", _sessionId)
            .Add("team.id", person.Team)
            .Add("terminal.type", person.Terminal)
            .Add("user.email", isOther ? null : person.Email)
            .Add("user.id", person.Seed.ToString("x16", CultureInfo.InvariantCulture) + (isOther ? "1" : "0"))
            .Add("user.name", isOther ? person.OtherName : null)
            .Add("vcs.repository.url.full", repository)
            .End();
    }

    /// <summary>A prompt begins.</summary>
    /// <returns>Its span, to close with <see cref="EndPrompt"/>.</returns>
    public long BeginPrompt(DateTime at, string text)
    {
        _promptId = _random.Uuid();
        _traceId = _random.Bytes(16);
        var span = (long)_random.Next();
        var message = New(MessageType.Prompt, "user_prompt", at);
        message.SpanId = span;
        message.Body = text;
        message.Metadata = Begin(message.Name).Add("prompt_length", text.Length.ToString(CultureInfo.InvariantCulture)).End();
        return span;
    }

    /// <summary>A prompt has its answer.</summary>
    public void EndPrompt(long span, DateTime begun, DateTime at, string text)
    {
        var message = New(MessageType.Turn, "interaction", begun, Call(CallSource.Span, SpanText(span)), MessageParts.Span);
        (message.SpanId, message.StartedAt, message.DurationMs, message.Provider) = (span, begun, (at - begun).TotalMilliseconds, Provider);
        (message.Attributes, message.Body, message.PromptId) = (_ofSpans, text, null);
        message.Metadata = _json.Begin().Add("span.type", "interaction").Add("gen_ai.operation.name", "invoke_agent").Add("user_prompt_length", text.Length).End();
    }

    /// <summary>A call has ended.</summary>
    /// <returns>Its request id.</returns>
    public string Generation(DemoCall call, DateTime begun, DateTime at, double firstTokenMs)
    {
        var requestId = "req_" + _random.Hex(24);
        var span = (long)_random.Next();
        var message = New(MessageType.Generation, "api_request", at, Call(CallSource.Generation, requestId), MessageParts.Event | MessageParts.Span);
        var (usage, cost) = (call.Usage, call.Model.CostOf(call.Usage));
        (message.RequestId, message.SpanId, message.ParentSpanId, message.AgentName) = (requestId, span, call.ParentSpanId, call.Agent);
        (message.Model, message.Provider, message.Status) = (call.Model.Name, Provider, MessageStatus.Ok);
        (message.InputTokens, message.OutputTokens, message.CacheReadTokens, message.CacheCreateTokens) = (usage.Input, usage.Output, usage.CacheRead, usage.CacheCreate);
        (message.CostNanodollars, message.StartedAt, message.DurationMs, message.TimeToFirstTokenMs) = (cost, begun, (at - begun).TotalMilliseconds, firstTokenMs);
        message.Metadata = Begin(message.Name)
            .Add("model", call.Model.Name)
            .Add("input_tokens", usage.Input)
            .Add("output_tokens", usage.Output)
            .Add("cache_read_tokens", usage.CacheRead)
            .Add("cache_creation_tokens", usage.CacheCreate)
            .Add("cache_creation_5m_tokens", usage.CacheCreate)
            .Add("cache_creation_1h_tokens", 0)
            .AddUsd("cost_usd", cost)
            .Add("duration_ms", (long)message.DurationMs)
            .Add("ttft_ms", (long)firstTokenMs)
            .Add("request_id", requestId)
            .Add("speed", "normal")
            .Add("query_source", call.Source)
            .Add("effort", call.Effort)
            .Add("agent.name", call.Agent)
            .Add("skill.name", call.Skill)
            .Add("mcp_server.name", call.Mcp?.Server)
            .Add("mcp_tool.name", call.Mcp?.Tool)
            .Add("span.type", "llm_request")
            .Add("success", true)
            .Add("attempt", call.Attempt)
            .Add("stop_reason", call.StopReason)
            .End();
        Meter(call, cost);
        return requestId;
    }

    /// <summary>The model has answered.</summary>
    public void Response(string requestId, DemoCall call, DateTime at, string text)
    {
        var message = New(MessageType.Response, "assistant_response", at);
        (message.RequestId, message.Model, message.Provider, message.Body) = (requestId, call.Model.Name, Provider, text);
        message.Metadata = Begin(message.Name).Add("response_length", text.Length).Add("request_id", requestId).Add("model", call.Model.Name).Add("query_source", call.Source).End();
    }

    /// <summary>A tool that a call asked for was allowed or denied, and ran.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="requestId">The call that asked.</param>
    /// <param name="asked">When it did.</param>
    public void Tool(DemoTool tool, string requestId, DateTime asked)
    {
        var (toolUseId, execution) = Ask(tool, requestId, asked);
        if (tool.IsDenied)
        {
            Deny(tool, toolUseId, requestId, (long)_random.Next(), asked, DecidedAt(tool, asked));
        }
        else
        {
            Ran(tool, requestId, asked, toolUseId, execution);
        }
    }

    /// <summary>A call asked for a tool, and it was decided whether it may run: told before what happens while it runs.</summary>
    /// <returns>Its id and, if it runs, the span of its run.</returns>
    public (string ToolUseId, long Run) Ask(DemoTool tool, string requestId, DateTime asked)
    {
        var toolUseId = "toolu_" + _random.Hex(24);
        Decide(tool, toolUseId, requestId, DecidedAt(tool, asked));
        return (toolUseId, (long)_random.Next());
    }

    /// <summary>A tool that was asked for has run.</summary>
    public void Ran(DemoTool tool, string requestId, DateTime asked, string toolUseId, long run)
    {
        var (span, decided) = ((long)_random.Next(), DecidedAt(tool, asked));
        Run(tool, toolUseId, requestId, span, asked, decided.AddMilliseconds(Math.Floor(tool.DurationMs)));
        Execute(tool, toolUseId, span, run, decided);
    }

    /// <summary>A call failed for good.</summary>
    public void Error(DemoCall call, (string Error, int Status, string Class) failure, DateTime begun, DateTime at)
    {
        var (requestId, span) = ("req_" + _random.Hex(24), (long)_random.Next());
        var message = New(MessageType.Error, "api_error", at, Call(CallSource.Error, requestId), MessageParts.Event | MessageParts.Span);
        (message.RequestId, message.SpanId, message.ParentSpanId) = (requestId, span, call.ParentSpanId);
        (message.Model, message.Provider, message.Status, message.Level, message.Error) = (call.Model.Name, Provider, MessageStatus.Error, MessageLevel.Error, failure.Error);
        (message.StartedAt, message.DurationMs) = (begun, (at - begun).TotalMilliseconds);
        message.Metadata = Begin(message.Name).Add("model", call.Model.Name).Add("error", failure.Error).Add("status_code", failure.Status)
            .Add("error_class", failure.Class).Add("attempt", call.Attempt).Add("request_id", requestId).Add("query_source", call.Source).Add("effort", call.Effort)
            .Add("success", false).End();
    }

    /// <summary>The model refused; the call itself was billed.</summary>
    public void Refusal(string requestId, DemoCall call, DateTime at)
    {
        var message = New(MessageType.Refusal, "api_refusal", at);
        (message.RequestId, message.Model, message.Provider) = (requestId, call.Model.Name, Provider);
        message.Metadata = Begin(message.Name).Add("model", call.Model.Name).Add("request_id", requestId).Add("query_source", call.Source).End();
    }

    /// <summary>Anything else that the agent tells.</summary>
    public void Event(string name, DateTime at, string key, string value, double? durationMs = null)
    {
        var message = New(MessageType.Event, name, at);
        message.DurationMs = durationMs;
        message.Metadata = Begin(name).Add(key, value).End();
    }

    /// <summary>Time that the agent or the person was busy.</summary>
    public void Active(string type, TimeSpan time)
    {
        _meters.Add("claude_code.active_time.total", "s", type == "cli" ? """{"type":"cli"}""" : """{"type":"user"}""", null, (long)time.TotalMilliseconds * (Unit / 1000));
    }

    /// <summary>A commit or a pull request was made.</summary>
    public void Made(string metric) => _meters.Add(metric, "", "{}", null, Unit);

    /// <summary>Delivers the metrics when it is time.</summary>
    public void Deliver(DateTime at, TimeSpan interval)
    {
        if (at - _meters.DeliveredAt >= interval)
        {
            var receivedAt = at.AddMilliseconds(40);
            _meters.Deliver(at, receivedAt, RetentionPeriod.ExpiresAt(receivedAt, _target.RetentionDays), _points);
        }
    }

    public void Dispose() => _json.Dispose();

    private void Meter(DemoCall call, long cost)
    {
        Add("claude_code.cost.usage", "USD", null, cost);
        Add("claude_code.token.usage", "tokens", "input", call.Usage.Input * Unit);
        Add("claude_code.token.usage", "tokens", "output", call.Usage.Output * Unit);
        Add("claude_code.token.usage", "tokens", "cacheRead", call.Usage.CacheRead * Unit);
        Add("claude_code.token.usage", "tokens", "cacheCreation", call.Usage.CacheCreate * Unit);

        void Add(string name, string unit, string? type, long amount)
        {
            var metadata = _json.Begin().Add("model", call.Model.Name).Add("query_source", call.MetricSource).Add("effort", call.Effort)
                .Add("agent.name", call.Agent).Add("skill.name", call.Skill).Add("mcp_server.name", call.Mcp?.Server).Add("mcp_tool.name", call.Mcp?.Tool)
                .Add("type", type).End();
            _meters.Add(name, unit, metadata, call.Model.Name, amount);
        }
    }

    private static DateTime DecidedAt(DemoTool tool, DateTime asked) => asked.AddMilliseconds(Math.Floor(tool.WaitedMs));

    private void Decide(DemoTool tool, string toolUseId, string requestId, DateTime at)
    {
        var decision = tool.IsDenied ? "reject" : "accept";
        var message = New(MessageType.Decision, "tool_decision", at);
        (message.ToolName, message.ToolUseId, message.RequestId, message.AgentName) = (tool.Name, toolUseId, requestId, tool.Agent);
        message.Metadata = Begin(message.Name).Add("decision", decision).Add("source", tool.DecidedBy).Add("tool_name", tool.Name).Add("tool_use_id", toolUseId)
            .Add("request_id", requestId).End();
        if (tool.Name is "Edit" or "Write")
        {
            var metadata = _json.Begin().Add("decision", decision).Add("source", tool.DecidedBy).Add("tool_name", tool.Name).Add("language", _language).End();
            _meters.Add("claude_code.code_edit_tool.decision", "", metadata, null, Unit);
        }
    }

    private void Deny(DemoTool tool, string toolUseId, string requestId, long span, DateTime asked, DateTime decided)
    {
        var message = New(MessageType.Tool, "tool", decided, Call(CallSource.Tool, toolUseId), MessageParts.Span | MessageParts.Denial);
        (message.ToolName, message.ToolUseId, message.RequestId, message.Status) = (tool.Name, toolUseId, requestId, MessageStatus.Denied);
        (message.SpanId, message.ParentSpanId, message.StartedAt, message.DurationMs) = (span, tool.ParentSpanId, asked, tool.WaitedMs);
        (message.Attributes, message.Provider, message.AgentName) = (_ofSpans, Provider, tool.Agent);
        message.Metadata = _json.Begin().Add("span.type", "tool").Add("tool_name", tool.Name).Add("tool_use_id", toolUseId).End();
    }

    private void Run(DemoTool tool, string toolUseId, string requestId, long span, DateTime asked, DateTime ended)
    {
        var message = New(MessageType.Tool, "tool_result", ended, Call(CallSource.Tool, toolUseId), MessageParts.Event | MessageParts.Span);
        (message.ToolName, message.ToolUseId, message.RequestId, message.AgentName) = (tool.Name, toolUseId, requestId, tool.Agent);
        (message.SpanId, message.ParentSpanId, message.StartedAt, message.DurationMs) = (span, tool.ParentSpanId, asked, Math.Floor(tool.DurationMs));
        (message.Status, message.Level) = tool.Error is null ? (MessageStatus.Ok, (MessageLevel?)null) : (MessageStatus.Error, MessageLevel.Error);
        (message.Error, message.Provider) = (tool.Error, Provider);
        message.Body = tool.Output is null ? tool.Input : $"{tool.Input}\n\n{tool.Output}";
        message.Metadata = Begin(message.Name).Add("tool_name", tool.Name).Add("tool_use_id", toolUseId).Add("success", tool.Error is null ? "true" : "false")
            .Add("error", tool.Error).Add("duration_ms", ((long)tool.DurationMs).ToString(CultureInfo.InvariantCulture))
            .Add("tool_result_size_bytes", tool.ResultBytes.ToString(CultureInfo.InvariantCulture)).Add("request_id", requestId)
            .Add("mcp_server.name", tool.Mcp?.Server).Add("mcp_tool.name", tool.Mcp?.Tool).Add("span.type", "tool").End();
        if (tool.Lines is { } lines)
        {
            Count("added", lines.Added);
            Count("removed", lines.Removed);
        }

        void Count(string type, int count)
        {
            _meters.Add("claude_code.lines_of_code.count", "", _json.Begin().Add("type", type).End(), null, count * Unit);
        }
    }

    private void Execute(DemoTool tool, string toolUseId, long parent, long span, DateTime begun)
    {
        var message = New(MessageType.Span, "tool.execution", begun, Call(CallSource.Span, SpanText(span)), MessageParts.Span);
        (message.SpanId, message.ParentSpanId, message.StartedAt, message.DurationMs) = (span, parent, begun, tool.DurationMs);
        (message.Attributes, message.Provider, message.ToolUseId, message.PromptId, message.AgentName) = (_ofSpans, Provider, toolUseId, null, tool.Agent);
        message.Status = tool.Error is null ? MessageStatus.Ok : MessageStatus.Error;
        message.Error = tool.Error;
        message.Metadata = _json.Begin().Add("span.type", "tool.execution").Add("tool_use_id", toolUseId).Add("success", tool.Error is null).End();
    }

    private DemoAttributes Begin(string name)
    {
        var attributes = _json.Begin().Add("event.name", name).Add("event.sequence", _sequence);
        return _promptId is null ? attributes : attributes.Add("prompt.id", _promptId);
    }

    private Message New(MessageType type, string name, DateTime at) => New(type, name, at, Content(_random.Next()), MessageParts.Event);

    private Message New(MessageType type, string name, DateTime at, long callKey, MessageParts parts)
    {
        _sequence += parts.HasFlag(MessageParts.Event) ? 1 : 0;
        // Senders deliver within five seconds.
        var receivedAt = at.AddMilliseconds(800 + (callKey & 0xFFF));
        var message = new Message
        {
            SystemKey = _target.SystemKey,
            TokenKey = _target.TokenKey,
            Key = new(_sessionKey, callKey),
            Parts = parts,
            Type = type,
            Name = name,
            OccurredAt = at,
            ReceivedAt = receivedAt,
            ExpiresAt = RetentionPeriod.ExpiresAt(receivedAt, _target.RetentionDays),
            ServiceName = Service,
            UserName = _userName,
            SessionId = _sessionId,
            PromptId = _promptId,
            TraceId = _traceId,
            Attributes = _attributes,
        };
        _messages.Add(message);
        return message;
    }

    private string SpanText(long span) => $"{Convert.ToHexStringLower(_traceId!)}{span:x16}";
}
