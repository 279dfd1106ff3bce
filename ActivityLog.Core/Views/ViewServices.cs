using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Core.Views;

/// <summary>Registers saved views.</summary>
public static class ViewServices
{
    /// <summary>Adds <see cref="IViewStore"/>, over the storage that is registered.</summary>
    public static IServiceCollection AddSavedViews(this IServiceCollection services) => services.AddSingleton<IViewStore, ViewStore>();
}
