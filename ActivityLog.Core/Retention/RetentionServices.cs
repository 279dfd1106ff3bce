using ActivityLog.Core.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActivityLog.Core.Retention;

internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.TryAddSingleton<SqlDatabase>();
        services.AddSingleton<IRetentionStore, RetentionStore>();
        services.AddSingleton<RetentionSteps>();
        services.AddSingleton<RetentionRuns>();
        services.AddSingleton<RetentionSweeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<RetentionSweeper>());
        return services;
    }
}
