using ActivityLog.Core.Systems;
using ActivityLog.Web.Api;

namespace ActivityLog.Web.Systems;

/// <summary>What a System's fields must be, for the page and for the API alike.</summary>
internal static class SystemRules
{
    public const string NameTaken = "Another System has this name.";

    private static readonly string[] s_plans = Enum.GetNames<SystemPlan>();

    /// <summary>The plan of this name; adds what is wrong where there is none, and answers <paramref name="otherwise"/> where none is named.</summary>
    public static SystemPlan ReadPlan(string? name, SystemPlan otherwise, FieldErrors errors)
    {
        if (name is null)
        {
            return otherwise;
        }

        if (!s_plans.Contains(name, StringComparer.Ordinal))
        {
            errors.Add("plan", $"This must be one of {string.Join(", ", s_plans)}.");
            return otherwise;
        }

        return Enum.Parse<SystemPlan>(name);
    }

    /// <summary>Adds what is wrong.</summary>
    public static void Check(string? name, string? description, FieldErrors errors)
    {
        errors.Require(name, "name");
        errors.Limit(name, MonitoredSystem.MaxNameLength, "name");
        errors.RefuseControls(name, "name");
        errors.Limit(description, MonitoredSystem.MaxDescriptionLength, "description");
        errors.RefuseControls(description, "description", allowsLines: true);
    }
}
