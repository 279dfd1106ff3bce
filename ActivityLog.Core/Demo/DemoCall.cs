namespace ActivityLog.Core.Demo;

/// <summary>One call of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Usage">Its tokens.</param>
/// <param name="Source">Who asked, in the sender's words: <c>repl_main_thread</c>, <c>agent:builtin:general-purpose</c> …</param>
/// <param name="StopReason">Why it ended.</param>
internal sealed record DemoCall(DemoModel Model, DemoUsage Usage, string Source, string StopReason)
{
    /// <summary>The subagent that asked.</summary>
    public string? Agent { get; init; }

    /// <summary>The skill at work.</summary>
    public string? Skill { get; init; }

    /// <summary>Server and tool whose answer it reads.</summary>
    public (string Server, string Tool)? Mcp { get; init; }

    /// <summary>How hard it thinks.</summary>
    public string Effort { get; init; } = "medium";

    /// <summary>The try that succeeded.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The span above it: the prompt's, or the run of a subagent.</summary>
    public long ParentSpanId { get; init; }

    /// <summary>The kinds that metrics know.</summary>
    public string MetricSource => Agent is not null ? "subagent" : Source is "repl_main_thread" or "sdk" ? "main" : "auxiliary";
}
