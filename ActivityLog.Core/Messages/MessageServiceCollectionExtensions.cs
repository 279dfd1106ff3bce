using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActivityLog.Core.Messages;

/// <summary>Registers what reads messages and metric points.</summary>
public static class MessageServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IMessageStore"/>, what is made of it, and <see cref="IMetricStore"/>, over the storage that is registered.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.TryAddSingleton<SqlDatabase>();
        services.AddSingleton<IMessageStore, MessageStore>();
        services.AddSingleton<MessageTimelines>();
        services.AddSingleton<MessageExports>();
        services.AddSingleton<IMessageTails, MessageTails>();
        services.AddSingleton<ISessionStore, SessionStore>();
        services.AddSingleton<IMetricStore, MetricStore>();
        return services;
    }
}
