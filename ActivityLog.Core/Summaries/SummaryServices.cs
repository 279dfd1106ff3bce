using ActivityLog.Core.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActivityLog.Core.Summaries;

internal static class SummaryServices
{
    public static IServiceCollection AddSummaries(this IServiceCollection services)
    {
        services.TryAddSingleton<SqlDatabase>();
        services.TryAddSingleton(static _ => new ZoneOfOption(TimeZoneInfo.Utc));
        services.AddSingleton<ISummaryChoices, SummaryChoiceStore>();
        services.AddSingleton<ISummaryState, SummaryStates>();
        services.AddSingleton<SumCompaction>();
        services.AddSingleton<SumCompactor>();
        services.AddHostedService(static provider => provider.GetRequiredService<SumCompactor>());
        services.AddSingleton<SumCorrector>();
        services.AddSingleton<SummaryRebuild>();
        services.AddSingleton<SummaryBuild>();
        services.AddSingleton<ISummaryMaintenance, SummaryMaintenance>();
        services.AddHostedService<SummaryBuilder>();
        return services;
    }
}
