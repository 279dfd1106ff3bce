using ActivityLog.Core.Senders;

namespace ActivityLog.Web.Senders;

/// <summary>Who sends to a System: a person on one installation, or one instance of a service. What is null was never told.</summary>
internal sealed record SenderView
{
    /// <summary>Id of the System.</summary>
    public required Guid SystemId { get; init; }

    /// <summary>Name of the token it last came with.</summary>
    public required string TokenName { get; init; }

    /// <summary><c>service.name</c>.</summary>
    public required string? ServiceName { get; init; }

    /// <summary>The person; the installation's random id where nobody said who it is.</summary>
    public required string? UserName { get; init; }

    /// <summary>The installation: Claude Code's random id of it; for others the service's instance, else the host.</summary>
    public required string? Installation { get; init; }

    /// <summary>Its version.</summary>
    public required string? Version { get; init; }

    /// <summary>Operating system.</summary>
    public required string? OsType { get; init; }

    /// <summary>Version of the operating system.</summary>
    public required string? OsVersion { get; init; }

    /// <summary>Processor architecture.</summary>
    public required string? Architecture { get; init; }

    /// <summary>The address it last came from.</summary>
    public required string? Address { get; init; }

    /// <summary>When it was first seen, UTC.</summary>
    public required DateTime FirstSeenAt { get; init; }

    /// <summary>When anything of it last came, UTC.</summary>
    public required DateTime LastSeenAt { get; init; }

    /// <summary>When log records last came, UTC.</summary>
    public required DateTime? LastLogsAt { get; init; }

    /// <summary>When spans last came, UTC.</summary>
    public required DateTime? LastTracesAt { get; init; }

    /// <summary>When metric points last came, UTC.</summary>
    public required DateTime? LastMetricsAt { get; init; }

    /// <summary>Whether prompts come with their text; null before any came.</summary>
    public required bool? SendsPrompts { get; init; }

    /// <summary>Whether tool results come with what went into the tool; null before any came.</summary>
    public required bool? SendsToolDetails { get; init; }

    /// <summary>What is missing, and what may be sent besides.</summary>
    public required IReadOnlyList<SenderGapView> Gaps { get; init; }

    public static SenderView Of(SenderSeen seen, DateTime now)
    {
        var sender = seen.Sender;
        return new()
        {
            SystemId = seen.SystemId,
            TokenName = seen.TokenName,
            ServiceName = sender.ServiceName,
            UserName = sender.UserName,
            Installation = sender.Installation,
            Version = sender.Version,
            OsType = sender.OsType,
            OsVersion = sender.OsVersion,
            Architecture = sender.Architecture,
            Address = sender.Address,
            FirstSeenAt = sender.FirstSeenAt,
            LastSeenAt = sender.LastSeenAt,
            LastLogsAt = sender.LastLogsAt,
            LastTracesAt = sender.LastTracesAt,
            LastMetricsAt = sender.LastMetricsAt,
            SendsPrompts = sender.SendsPrompts,
            SendsToolDetails = sender.SendsToolDetails,
            Gaps = [.. SenderGaps.Of(sender, now).Select(static gap => new SenderGapView(gap.Missing, gap.Fix, gap.IsOptional))],
        };
    }
}
