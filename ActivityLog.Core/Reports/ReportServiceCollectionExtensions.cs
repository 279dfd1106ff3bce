using ActivityLog.Core.Checks;
using ActivityLog.Core.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActivityLog.Core.Reports;

/// <summary>Registers the reports.</summary>
public static class ReportServiceCollectionExtensions
{
    /// <summary>Adds the overview and the reports, in the order of the menu, over the storage that is registered.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.TryAddSingleton<SqlDatabase>();
        services.AddSingleton<SpendStore>();
        services.AddSingleton<ToldSeriesSweeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<ToldSeriesSweeper>());
        services.AddSingleton<IOverviewStore, OverviewStore>();
        services.AddSingleton<DearestPrompts>();
        services.AddSingleton<IMetadataKeyStore, MetadataKeyStore>();
        services.AddSingleton<IReport, CostByModelReport>();
        services.AddSingleton<IReport, CostByUserReport>();
        services.AddSingleton<IReport, CostByDayReport>();
        services.AddSingleton<IReport, CostByModelAndDayReport>();
        services.AddSingleton<IReport, CostByUserAndDayReport>();
        services.AddSingleton<IReport, CostByRepositoryReport>();
        services.AddSingleton<IReport, CostByMetadataReport>();
        services.AddSingleton(static provider => new SpendCheckStore(provider.GetRequiredService<SqlDatabase>()));
        services.AddSingleton<IReport, IsItRightReport>();
        services.AddSingleton<IReport, TokensByDayReport>();
        services.AddSingleton<IReport, TokensByUserReport>();
        services.AddSingleton<IReport, CacheByDayReport>();
        services.AddSingleton<IReport, CacheByUserReport>();
        services.AddSingleton<IReport, SessionsByDayReport>();
        services.AddSingleton<IReport, DearestSessionsReport>();
        services.AddSingleton<IReport, DearestPromptsReport>();
        services.AddSingleton<IReport, ToolsReport>();
        services.AddSingleton<IReport, ToolsByUserReport>();
        services.AddSingleton<IReport, ApiByModelReport>();
        services.AddSingleton<IReport, CodeByDayReport>();
        services.AddSingleton<IReport, CodeByUserReport>();
        services.AddSingleton<IReport, CodeByLanguageReport>();
        return services;
    }
}
