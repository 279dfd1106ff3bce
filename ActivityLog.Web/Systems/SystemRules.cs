using ActivityLog.Core.Systems;
using ActivityLog.Web.Api;

namespace ActivityLog.Web.Systems;

/// <summary>What a System's fields must be, for the page and for the API alike.</summary>
internal static class SystemRules
{
    public const string NameTaken = "Another System has this name.";

    /// <summary>Adds what is wrong.</summary>
    public static void Check(string? name, string? description, FieldErrors errors)
    {
        errors.Require(name, "name");
        errors.Limit(name, MonitoredSystem.MaxNameLength, "name");
        errors.Limit(description, MonitoredSystem.MaxDescriptionLength, "description");
    }
}
