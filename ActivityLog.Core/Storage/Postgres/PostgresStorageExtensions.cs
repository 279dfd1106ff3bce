using ActivityLog.Core.Nodes;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

internal static class PostgresStorageExtensions
{
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(PostgresSettings.Add(connectionString, $"{PostgresSettings.NoJit} {PostgresSettings.WorkMemory} {PostgresSettings.RandomPages}")));
        services.AddSingleton(_ => new PostgresWriteSource(connectionString));
        services.AddDbContextFactory<PostgresDbContext>(static (provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<IDbContextFactory<ActivityLogDbContext>, EngineContextFactory<PostgresDbContext>>();
        // A source of its own: two transactions at most, so always on the same warm connections.
        services.AddSingleton<ITelemetryStore>(provider =>
            new PostgresTelemetryStore(new PostgresWriteSource(connectionString), provider.GetRequiredService<NameStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBackgroundWrites, PostgresBackgroundWrites>();
        services.AddSingleton<ILeadership>(_ => new PostgresLeadership(connectionString));
        services.AddSingleton<PostgresNews>();
        services.AddSingleton<INodeNews>(static provider => provider.GetRequiredService<PostgresNews>());
        services.AddSingleton(static provider => new Listening(provider.GetRequiredService<TimeProvider>(), isAlone: false));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<PostgresListener>(provider, connectionString));
        services.AddHostedService<PostgresTeller>();
        services.AddSingleton<SqlDialect, PostgresDialect>();
        services.AddSingleton<ISummaryWriter, PostgresSummaryWriter>();
        return services;
    }
}
