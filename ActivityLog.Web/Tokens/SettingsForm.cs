namespace ActivityLog.Web.Tokens;

/// <summary>One of the forms in which the settings can be given to Claude Code.</summary>
/// <param name="Title">The tab's title.</param>
/// <param name="Where">Where it is put.</param>
/// <param name="Text">The text to copy.</param>
/// <param name="Expands">Whether variables such as <c>$USER</c> are replaced there.</param>
internal sealed record SettingsForm(string Title, string Where, Func<SettingsBlock, string> Text, bool Expands)
{
    /// <summary>All of them, as their tabs stand.</summary>
    public static IReadOnlyList<SettingsForm> All { get; } =
    [
        new("Shell", "Paste this where Claude Code runs, then start it again.", static block => block.Shell(), true),
        new("PowerShell", "Paste this where Claude Code runs, then start it again.", static block => block.PowerShell(), true),
        new("settings.json", "Put this into ~/.claude/settings.json (on Windows %USERPROFILE%\\.claude\\settings.json). A project's own settings.json doesn't count.", static block => block.SettingsJson(), false),
        new("Managed settings", "For everybody on a machine: /etc/claude-code/managed-settings.json on Linux, /Library/Application Support/ClaudeCode/managed-settings.json on macOS, C:\\Program Files\\ClaudeCode\\managed-settings.json on Windows.",
            static block => (block with { Person = null }).SettingsJson(), false),
    ];
}
