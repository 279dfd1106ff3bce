namespace ActivityLog.Core.Demo;

/// <summary>One use of a tool.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Input">What goes in, as text.</param>
/// <param name="DurationMs">How long it takes.</param>
internal sealed record DemoTool(string Name, string Input, double DurationMs)
{
    /// <summary>What comes out.</summary>
    public string? Output { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>Who decided: <c>config</c>, <c>user_temporary</c>, <c>user_permanent</c>, <c>user_reject</c>.</summary>
    public string DecidedBy { get; init; } = "config";

    public bool IsDenied => DecidedBy == "user_reject";

    /// <summary>How long a person thought about it.</summary>
    public double WaitedMs { get; init; }

    /// <summary>Lines that an edit adds and removes.</summary>
    public (int Added, int Removed)? Lines { get; init; }

    /// <summary>The subagent at work.</summary>
    public string? Agent { get; init; }

    /// <summary>Bytes of what comes out.</summary>
    public int ResultBytes { get; init; }

    public (string Server, string Tool)? Mcp { get; init; }

    /// <summary>The span above it.</summary>
    public long ParentSpanId { get; init; }
}
