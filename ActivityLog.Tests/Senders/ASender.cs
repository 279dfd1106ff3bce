using ActivityLog.Core.Senders;
using ActivityLog.Core.Tokens;

namespace ActivityLog.Tests.Senders;

/// <summary>Builds senders. A test names what matters to it.</summary>
internal static class ASender
{
    public static Sender Of(
        IngestToken token, DateTime seenAt, string? user = "alice", string? installation = "82c1", string? version = "2.1.330", string? address = "10.0.0.1",
        bool logs = false, bool traces = false, bool metrics = false, bool? prompts = null, bool isClaudeCode = true) => new()
        {
            SystemKey = token.SystemKey,
            SenderKey = Sender.KeyOf("claude-code", user, installation),
            TokenKey = token.Key,
            ServiceName = "claude-code",
            UserName = user,
            Installation = installation,
            IsClaudeCode = isClaudeCode,
            Version = version,
            OsType = "linux",
            Address = address,
            FirstSeenAt = seenAt,
            LastSeenAt = seenAt,
            LastLogsAt = logs ? seenAt : null,
            LastTracesAt = traces ? seenAt : null,
            LastMetricsAt = metrics ? seenAt : null,
            SendsPrompts = prompts,
        };
}
