using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Core.Retention;

internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<RetentionSteps>();
        services.AddSingleton<RetentionRuns>();
        services.AddSingleton<RetentionSweeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<RetentionSweeper>());
        return services;
    }
}
