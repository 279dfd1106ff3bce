using ActivityLog.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;

namespace ActivityLog.Web.Layout;

/// <summary>Shows what went wrong in place of the page and keeps the frame alive; the next page, or Try again, starts anew.</summary>
public sealed class PageErrorBoundary : ErrorBoundaryBase, IDisposable
{
    private string _id = "";

    [Inject]
    private ILogger<PageErrorBoundary> Logger { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override Task OnErrorAsync(Exception exception)
    {
        _id = FailureId.New();
        Logger.LogError(exception, "A page failed ({FailureId}).", _id);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<FailedState>(1);
        builder.AddComponentParameter(2, nameof(FailedState.Title), "This page couldn't be shown");
        builder.AddComponentParameter(3, nameof(FailedState.Id), _id);
        builder.AddComponentParameter(4, nameof(FailedState.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(Recover);
}
