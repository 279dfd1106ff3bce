using ActivityLog.Core.Nodes;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Storage.Sqlite;

internal static class SqliteStorageExtensions
{
    private const string FileName = "activitylog.db";

    public static IServiceCollection AddSqliteStorage(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new SqliteDatabase(
            provider.GetRequiredService<DataDirectory>().File(FileName),
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.WriteTimeoutSeconds));
        services.AddDbContextFactory<SqliteDbContext>(static (provider, options) =>
            options.UseSqlite(provider.GetRequiredService<SqliteDatabase>().ConnectionString).AddInterceptors(SqlitePragmas.Instance));
        services.AddSingleton<IDbContextFactory<ActivityLogDbContext>, EngineContextFactory<SqliteDbContext>>();
        services.AddSingleton<SqliteTurn>();
        services.AddSingleton<ITelemetryStore, SqliteTelemetryStore>();
        services.AddSingleton<IBackgroundWrites, SqliteBackgroundWrites>();
        services.AddSingleton<OnlyNode>();
        services.AddSingleton<ILeadership>(static provider => provider.GetRequiredService<OnlyNode>());
        services.AddSingleton<INodeNews>(static provider => provider.GetRequiredService<OnlyNode>());
        services.AddSingleton(static provider => new Listening(provider.GetRequiredService<TimeProvider>(), isAlone: true));
        services.AddSingleton<SqlDialect, SqliteDialect>();
        services.AddSingleton<ISummaryWriter, SqliteSummaryWriter>();
        return services;
    }
}
