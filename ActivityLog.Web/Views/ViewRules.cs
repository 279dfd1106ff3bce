using ActivityLog.Core.Views;
using ActivityLog.Web.Api;

namespace ActivityLog.Web.Views;

/// <summary>What a saved view's fields must be, for the page and for the API alike.</summary>
internal static class ViewRules
{
    public const string NameTaken = "Another view of yours has this name, here or on another page.";

    public static readonly string TooMany = $"One person has at most {SavedView.MaxPerOwner} views.";

    /// <summary>Adds what is wrong.</summary>
    public static void Check(string? name, string? address, FieldErrors errors)
    {
        errors.Require(name, "name");
        errors.Limit(name, SavedView.MaxNameLength, "name");
        errors.RefuseControls(name, "name");
        if (!ViewAddress.IsAllowed(address))
        {
            errors.Add("address", $"This must be {ViewAddress.Allowed}, of at most {SavedView.MaxAddressLength} characters.");
        }
    }
}
