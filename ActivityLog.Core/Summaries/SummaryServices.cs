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
        services.AddSingleton<SummaryChoiceStore>();
        services.AddSingleton<ISummaryChoices>(static provider => provider.GetRequiredService<SummaryChoiceStore>());
        services.AddSingleton<ISummaryState, SummaryStates>();
        return services;
    }
}
