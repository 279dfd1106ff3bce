using ActivityLog.Web.Hosting;

namespace ActivityLog.Web.Settings;

internal static class SettingsSetup
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services.AddSingleton<IConsoleCommand, RebuildSummariesCommand>();
}
