using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ActivityLog.Core.Senders;

/// <summary>Who sends to a System: a person on one installation of an agent, or one instance of another service. What is null was never told.</summary>
public sealed class Sender
{
    /// <summary>Longest text of each kind, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Number of the System it sends to.</summary>
    public required int SystemKey { get; init; }

    /// <summary>Identity within the System; see <see cref="KeyOf"/>.</summary>
    public required long SenderKey { get; init; }

    /// <summary>Number of the token it last came with.</summary>
    public required int TokenKey { get; init; }

    /// <summary><c>service.name</c>.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The person, as in messages.</summary>
    public string? UserName { get; init; }

    /// <summary>The installation: the random id of Claude Code's configuration folder; for others the service's instance, else the host.</summary>
    public string? Installation { get; init; }

    /// <summary>Whether it is Claude Code, whose settings are known here.</summary>
    public required bool IsClaudeCode { get; init; }

    /// <summary>Its version, such as <c>2.1.330</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Operating system, such as <c>linux</c>.</summary>
    public string? OsType { get; init; }

    /// <summary>Version of the operating system.</summary>
    public string? OsVersion { get; init; }

    /// <summary>Processor architecture, such as <c>amd64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The address it last came from.</summary>
    public string? Address { get; init; }

    /// <summary>When it was first seen, UTC.</summary>
    public required DateTime FirstSeenAt { get; init; }

    /// <summary>When anything of it last came, UTC.</summary>
    public required DateTime LastSeenAt { get; init; }

    /// <summary>When log records last came, UTC.</summary>
    public DateTime? LastLogsAt { get; init; }

    /// <summary>When spans last came, UTC.</summary>
    public DateTime? LastTracesAt { get; init; }

    /// <summary>When metric points last came, UTC.</summary>
    public DateTime? LastMetricsAt { get; init; }

    /// <summary>Whether the last prompt came with its text; null before any prompt came.</summary>
    public bool? SendsPrompts { get; init; }

    /// <summary>Whether the last tool result came with what went into the tool; null before any came.</summary>
    public bool? SendsToolDetails { get; init; }

    /// <summary>Whether somebody told who it is. Else the installation's random id stands for the person.</summary>
    public bool IsNamed => UserName is not null && UserName != Installation;

    /// <summary>What two looks at one sender tell together: the later word holds, and what isn't told says nothing against what was.</summary>
    public static Sender Merge(Sender one, Sender other)
    {
        var (earlier, later) = one.LastSeenAt <= other.LastSeenAt ? (one, other) : (other, one);
        return new()
        {
            SystemKey = later.SystemKey,
            SenderKey = later.SenderKey,
            TokenKey = later.TokenKey,
            ServiceName = later.ServiceName,
            UserName = later.UserName,
            Installation = later.Installation,
            IsClaudeCode = later.IsClaudeCode,
            Version = later.Version ?? earlier.Version,
            OsType = later.OsType ?? earlier.OsType,
            OsVersion = later.OsVersion ?? earlier.OsVersion,
            Architecture = later.Architecture ?? earlier.Architecture,
            Address = later.Address ?? earlier.Address,
            FirstSeenAt = earlier.FirstSeenAt < later.FirstSeenAt ? earlier.FirstSeenAt : later.FirstSeenAt,
            LastSeenAt = later.LastSeenAt,
            LastLogsAt = Later(one.LastLogsAt, other.LastLogsAt),
            LastTracesAt = Later(one.LastTracesAt, other.LastTracesAt),
            LastMetricsAt = Later(one.LastMetricsAt, other.LastMetricsAt),
            SendsPrompts = later.SendsPrompts ?? earlier.SendsPrompts,
            SendsToolDetails = later.SendsToolDetails ?? earlier.SendsToolDetails,
        };
    }

    /// <summary>The identity of who these three make together.</summary>
    public static long KeyOf(string? serviceName, string? userName, string? installation) =>
        (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes($"{serviceName}\0{userName}\0{installation}".AsSpan()));

    private static DateTime? Later(DateTime? one, DateTime? other) => other is null || one > other ? one : other;
}
