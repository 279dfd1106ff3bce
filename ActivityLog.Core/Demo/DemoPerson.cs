namespace ActivityLog.Core.Demo;

/// <summary>Somebody who works with a coding agent, and how.</summary>
internal sealed record DemoPerson
{
    /// <summary>What the random numbers of this person begin with.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The address of the login.</summary>
    public required string Email { get; init; }

    /// <summary>The name that a second computer, without a login, sends; null for people who have one computer.</summary>
    public string? OtherName { get; init; }

    public required string Team { get; init; }

    public required string Department { get; init; }

    public required string CostCenter { get; init; }

    /// <summary>The repositories worked on, the first most of the time.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>The main language of what is edited.</summary>
    public required DemoLanguage Language { get; init; }

    /// <summary>Where the working day is.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>When the working day begins, in hours of the local day.</summary>
    public required double StartHour { get; init; }

    /// <summary>How much more than others.</summary>
    public required double Zeal { get; init; }

    /// <summary>How often the model for what is hard is chosen; the dearest one a tenth as often.</summary>
    public required double Depth { get; init; }

    /// <summary>How often on a Saturday or Sunday.</summary>
    public required double Weekends { get; init; }

    /// <summary>How often a prompt sets off hours of work.</summary>
    public required double Marathons { get; init; }

    /// <summary>How long after others to newer models, as a part of the whole time.</summary>
    public required double Lateness { get; init; }

    public required string Terminal { get; init; }

    public required string OperatingSystem { get; init; }
}
