namespace ActivityLog.Web.Systems;

/// <summary>What Systems need beside their store.</summary>
internal static class SystemsSetup
{
    public static IServiceCollection AddSystems(this IServiceCollection services) => services.AddSingleton<SystemAccess>();
}
