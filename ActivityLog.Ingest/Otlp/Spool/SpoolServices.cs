using ActivityLog.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Registers what keeps requests while the database is away.</summary>
internal static class SpoolServices
{
    public static IServiceCollection AddSpool(this IServiceCollection services)
    {
        services.AddOptions<SpoolOptions>().BindConfiguration(SpoolOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpoolOptions>, SpoolOptionsValidator>();
        services.TryAddSingleton<DatabaseState>();
        services.AddSingleton<Spool>();
        services.AddSingleton<ISpoolState>(static provider => provider.GetRequiredService<Spool>());
        services.AddSingleton<RequestStore>();
        // Services stop in the opposite order: the spool last, when nothing can come from the queue.
        services.AddHostedService(static provider => provider.GetRequiredService<Spool>());
        services.AddHostedService<DatabaseWatch>();
        services.AddHostedService<SpoolDrain>();
        return services;
    }
}
