namespace ActivityLog.Web.Shared;

/// <summary>How a person is called.</summary>
internal static class PersonName
{
    /// <summary>What stands where a call names nobody.</summary>
    public const string Nobody = "nobody named";

    private const int InstallationIdLength = 64;

    /// <summary>The name as stored; Claude Code's random id of an installation as <c>unnamed (82c1…)</c>.</summary>
    public static string Show(string? name) => name switch
    {
        null or "" => Nobody,
        { Length: InstallationIdLength } when name.All(char.IsAsciiHexDigitLower) => $"unnamed ({name[..4]}…)",
        _ => name,
    };
}
