using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Demo;

/// <summary>What happens in one session: prompts, each of which sets off calls and tools until the model has its answer.</summary>
internal sealed class DemoSession
{
    // What the agent says of itself and its tools before anybody asks anything.
    private const int SystemTokens = 17_500;

    // Past this the conversation is summed up.
    private const int MaxContext = 165_000;

    private static readonly TimeSpan s_cacheLife = TimeSpan.FromMinutes(5);

    private readonly DemoCrowd _crowd;
    private readonly DemoSessionPlan _plan;
    private readonly DemoRandom _random;
    private readonly DemoRecorder _recorder;
    private readonly DemoEra _era;
    private readonly DemoModel _usual;
    private readonly double _errorRate;
    private readonly string? _skill;
    private DemoModel _model;
    private DateTime _now;
    private DateTime _cachedUntil;
    private int _context;
    private int _cached;
    private string _file = "";

    private DemoSession(DemoCrowd crowd, DemoSessionPlan plan, DemoRecorder recorder)
    {
        (_crowd, _plan, _random, _recorder) = (crowd, plan, plan.Random, recorder);
        _era = crowd.EraOf(plan.Person, plan.Progress);
        var depth = plan.Person.Depth;
        _usual = _model = _random.Chance(depth * 0.1) ? _era.Dearest : _random.Chance(depth) ? _era.Deep : _era.Everyday;
        _errorRate = crowd.ErrorRate(DateOnly.FromDateTime(plan.Start));
        _skill = _random.Chance(0.07) ? _random.Of(DemoTexts.Skills) : null;
        _now = plan.Start;
    }

    /// <summary>Adds the session's messages and metric points; nothing of one that hasn't ended at a moment.</summary>
    public static void Play(DemoCrowd crowd, DemoSessionPlan plan, DemoTarget target, DateTime until, List<Message> messages, List<MetricPoint> points)
    {
        if (plan.Start > until)
        {
            return;
        }

        var (messagesBefore, pointsBefore) = (messages.Count, points.Count);
        using var recorder = new DemoRecorder(plan, target, messages, points);
        var session = new DemoSession(crowd, plan, recorder);
        session.Run();
        if (session._now > until)
        {
            messages.RemoveRange(messagesBefore, messages.Count - messagesBefore);
            points.RemoveRange(pointsBefore, points.Count - pointsBefore);
        }
    }

    private void Run()
    {
        _recorder.Event("mcp_server_connection", _now, "server_name", "github", _random.Between(80, 900));
        var prompts = 1 + _random.Count(5.2);
        for (var prompt = 0; prompt < prompts; prompt++)
        {
            // Reading, trying, a call, lunch.
            _now = prompt == 0 ? _now : _now.AddMilliseconds(Math.Floor(_random.Around(80_000, _random.Chance(0.25) ? 1.9 : 0.8)));
            var typed = TimeSpan.FromMilliseconds(Math.Floor(_random.Around(22_000, 0.7)));
            _recorder.Active("user", typed);
            _now += typed;
            Prompt(prompt == 0 && _random.Chance(_plan.Person.Marathons) || _random.Chance(_plan.Person.Marathons / 4));
            Wait(_random.Between(500, 20_000));
            _recorder.Deliver(_now, prompt == prompts - 1 ? TimeSpan.Zero : _crowd.MetricInterval);
        }
    }

    private void Prompt(bool isLong)
    {
        _file = _random.Of(_plan.Person.Language.Files);
        var text = string.Format(CultureInfo.InvariantCulture, _random.Of(isLong ? DemoTexts.LongPrompts : DemoTexts.Prompts), _file);
        var begun = _now;
        var span = _recorder.BeginPrompt(begun, text);
        _context += _random.Between(60, 900);
        Choose(isLong && _random.Chance(0.4) ? _era.Dearest : _usual);
        Wait(_random.Between(60, 300));
        if (_random.Chance(0.3))
        {
            Aside("generate_session_title", _random.Between(400, 3000), _random.Between(8, 60), span);
        }

        var steps = isLong ? (int)Math.Min(320, _random.Around(110, 0.5)) : _random.Count(3.6);
        for (var step = 0; step < steps && Call(span, "tool_use") is { } requestId; step++)
        {
            Tools(requestId, span, agents: isLong ? 0.06 : 0.02);
            if (_context > MaxContext)
            {
                Compact(span);
            }
        }

        if (Call(span, "end_turn") is { } last)
        {
            var answer = string.Format(CultureInfo.InvariantCulture, _random.Of(DemoTexts.Answers), _file);
            _recorder.Response(last, new(_model, default, "repl_main_thread", "end_turn"), _now, answer);
        }

        _recorder.Active("cli", TimeSpan.FromMilliseconds(Math.Floor((_now - begun).TotalMilliseconds)));
        _recorder.EndPrompt(span, begun, _now, text);
    }

    // Another model has nothing of the conversation in its cache.
    private void Choose(DemoModel model)
    {
        _cachedUntil = model == _model ? _cachedUntil : default;
        _model = model;
    }

    // One call of the conversation; null when it failed for good.
    private string? Call(long span, string stopReason)
    {
        var call = new DemoCall(_model, default, "repl_main_thread", stopReason)
        {
            ParentSpanId = span,
            Skill = _skill,
            Effort = _model == _era.Everyday ? "medium" : "high",
            Attempt = _random.Chance(_errorRate * 3) ? 2 : 1,
        };
        if (_random.Chance(_errorRate))
        {
            var failed = _now;
            Wait(_random.Around(4000, 1));
            _recorder.Error(call with { Attempt = _random.Between(1, 10) }, _random.Of(DemoTexts.CallErrors), failed, _now);
            if (_random.Chance(0.4))
            {
                return null;
            }
        }

        var isCached = _now < _cachedUntil;
        var written = _context + SystemTokens - (isCached ? _cached : 0);
        var output = (int)_random.Around(stopReason == "end_turn" ? 640 : 430, 0.85);
        var usage = new DemoUsage(_random.Between(3, 60), output, isCached ? _cached : 0, written);
        _cached = _context + SystemTokens;
        _context += output;
        return Generate(call with { Usage = usage });
    }

    private string Generate(DemoCall call)
    {
        var firstToken = _random.Around(call.Model == _era.Small ? 380 : 950, 0.45) + ((call.Attempt - 1) * 1500);
        var begun = _now;
        Wait(firstToken + (call.Usage.Output * call.Model.MsPerToken));
        _cachedUntil = call.Agent is null ? _now + s_cacheLife : _cachedUntil;
        var requestId = _recorder.Generation(call, begun, _now, Math.Floor(firstToken));
        if (_random.Chance(0.0006))
        {
            _recorder.Refusal(requestId, call, _now);
        }

        return requestId;
    }

    private void Tools(string requestId, long span, double agents)
    {
        if (_random.Chance(agents))
        {
            Subagent(requestId, span);
            return;
        }

        // Several at once now and then: reads, mostly.
        var count = _random.Chance(0.18) ? _random.Between(2, 4) : 1;
        var longest = 0.0;
        for (var number = 0; number < count; number++)
        {
            var tool = DemoTools.Next(_random, _plan.Person, _file, mayEdit: count == 1) with { ParentSpanId = span };
            _recorder.Tool(tool, requestId, _now);
            NoteGit(tool);
            longest = Math.Max(longest, tool.WaitedMs + tool.DurationMs);
            _context += tool.IsDenied ? 40 : tool.ResultBytes / 4;
        }

        Wait(longest + 30);
    }

    private void NoteGit(DemoTool tool)
    {
        if (tool.IsDenied || tool.Error is not null)
        {
            return;
        }

        if (tool.Input.Contains("git commit", StringComparison.Ordinal))
        {
            _recorder.Made("claude_code.commit.count");
        }
        else if (tool.Input.Contains("gh pr create", StringComparison.Ordinal))
        {
            _recorder.Made("claude_code.pull_request.count");
        }
    }

    // A conversation of its own, inside a tool's run.
    private void Subagent(string requestId, long span)
    {
        var agent = _random.Of(DemoTexts.Agents);
        var asked = _now;
        var subagent = new DemoTool("Agent", $"{{\"subagent_type\":\"{agent}\",\"description\":\"Look into {_file}\"}}", 0) { ResultBytes = 3200, ParentSpanId = span };
        var (toolUseId, run) = _recorder.Ask(subagent, requestId, asked);
        var (context, steps) = (_random.Between(9_000, 14_000), 2 + _random.Count(5));
        for (var (step, cached) = (0, 0); step <= steps; step++)
        {
            var output = (int)_random.Around(240, 0.8);
            var usage = new DemoUsage(_random.Between(3, 40), output, cached, context - cached);
            var call = new DemoCall(_model, usage, $"agent:builtin:{agent}", step == steps ? "end_turn" : "tool_use") { Agent = agent, ParentSpanId = run };
            var id = Generate(call);
            (cached, context) = (context, context + output);
            if (step < steps)
            {
                var tool = DemoTools.Next(_random, _plan.Person, _file, mayEdit: false) with { Agent = agent, ParentSpanId = run, DecidedBy = "config", WaitedMs = 0 };
                _recorder.Tool(tool, id, _now);
                context += tool.ResultBytes / 4;
                Wait(tool.DurationMs + 20);
            }
        }

        _recorder.Event("subagent_completed", _now, "agent_type", agent, Math.Floor((_now - asked).TotalMilliseconds));
        _recorder.Ran(subagent with { DurationMs = (_now - asked).TotalMilliseconds }, requestId, asked, toolUseId, run);
        _context += 800;
    }

    private void Compact(long span)
    {
        var begun = _now;
        var usage = new DemoUsage(40, _random.Between(2500, 5000), _cached, Math.Max(0, _context + SystemTokens - _cached));
        Generate(new(_model, usage, "compact", "end_turn") { ParentSpanId = span });
        _recorder.Event("compaction", _now, "trigger", "auto", Math.Floor((_now - begun).TotalMilliseconds));
        (_context, _cached) = (_random.Between(9_000, 16_000), SystemTokens);
    }

    // What the agent asks a small model beside the conversation.
    private void Aside(string source, int input, int output, long span)
    {
        var (now, cachedUntil) = (_now, _cachedUntil);
        Generate(new(_era.Small, new(input, output, 0, 0), source, "end_turn") { ParentSpanId = span });
        // It doesn't hold up the conversation.
        (_now, _cachedUntil) = (now, cachedUntil);
    }

    // Senders tell times to the millisecond.
    private void Wait(double milliseconds) => _now = _now.AddMilliseconds(Math.Floor(milliseconds));
}
