using Microsoft.AspNetCore.Components;
using Radzen;

namespace ActivityLog.Web.Shared;

/// <summary>How dialogs are opened here: as wide as what they ask, closed by Escape.</summary>
internal static class DialogExtensions
{
    /// <summary>Whether a person agrees to what can't be undone.</summary>
    public static async Task<bool> ConfirmAsync(this DialogService dialogs, string title, string text, string action) =>
        await dialogs.ShowAsync<ConfirmDialog>(title, new() { [nameof(ConfirmDialog.Text)] = text, [nameof(ConfirmDialog.Action)] = action }) is true;

    /// <summary>Opens a dialog and waits for its answer; null when it was left.</summary>
    public static async Task<object?> ShowAsync<TDialog>(this DialogService dialogs, string title, Dictionary<string, object?>? parameters = null)
        where TDialog : ComponentBase =>
        await dialogs.OpenAsync<TDialog>(title, parameters, new DialogOptions
        {
            Width = "min(27rem, calc(100vw - 2rem))",
            AutoFocusFirstElement = true,
            CloseDialogOnEsc = true,
            ShowClose = false,
        });
}
