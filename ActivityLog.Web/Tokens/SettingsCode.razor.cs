using System.Text.RegularExpressions;

namespace ActivityLog.Web.Tokens;

/// <summary>The settings with their names and values told apart.</summary>
public sealed partial class SettingsCode
{
    // A word of the shell or an indent, a name with its sign, and the value.
    [GeneratedRegex("""^(?<t>export |\$env:| +(?="))?(?<n>[A-Z_]+ ?= ?|"[^"]+": ?)?(?<s>.*)$""")]
    private static partial Regex Line();
}
