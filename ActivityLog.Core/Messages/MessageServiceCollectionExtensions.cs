using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActivityLog.Core.Messages;

/// <summary>Registers what reads messages and metric points.</summary>
public static class MessageServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IMessageStore"/> and <see cref="IMetricStore"/>, over the storage that is registered.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.TryAddSingleton<SqlDatabase>();
        services.AddSingleton<IMessageStore, MessageStore>();
        services.AddSingleton<IMetricStore, MetricStore>();
        return services;
    }
}
