using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>How a filter is changed, everywhere alike.</summary>
internal static class FilterChange
{
    /// <summary>
    /// The same page with other filters, from its beginning: the page of a table and the place in a list that the address names are of what was filtered before,
    /// and would hide what is before them now.
    /// </summary>
    /// <param name="navigation">Where one is.</param>
    /// <param name="chosen">Parameters of the address and what they are from now on; null for none.</param>
    public static string AddressWith(this NavigationManager navigation, params IEnumerable<(string Parameter, object? Value)> chosen)
    {
        var parameters = new Dictionary<string, object?> { [PageParameter.Page] = null, [PageParameter.Cursor] = null };
        foreach (var (parameter, value) in chosen)
        {
            parameters[parameter] = value;
        }

        return navigation.GetUriWithQueryParameters(parameters);
    }

    /// <summary>Goes to <see cref="AddressWith"/>.</summary>
    public static void Filter(this NavigationManager navigation, params IEnumerable<(string Parameter, object? Value)> chosen) => navigation.NavigateTo(navigation.AddressWith(chosen));
}
