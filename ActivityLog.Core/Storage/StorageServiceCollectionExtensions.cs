using ActivityLog.Core.Messages;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Senders;
using ActivityLog.Core.Storage.Postgres;
using ActivityLog.Core.Storage.Sqlite;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Storage;

/// <summary>Registers what keeps data.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the contexts, stores and write path of the engine that the configuration names (<see cref="StorageOptions"/>).</summary>
    public static IServiceCollection AddActivityLogStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString(StorageOptions.ConnectionStringName) ?? "";
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart().Validate(
            options => options.Engine != StorageEngine.Postgres || connectionString.Length > 0,
            $"ConnectionStrings:{StorageOptions.ConnectionStringName}: PostgreSQL needs a connection string, such as Host=db;Database=activitylog;Username=…;Password=….");
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<DataDirectoryOptions>().BindConfiguration(DataDirectoryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DataDirectoryOptions>, DataDirectoryOptionsValidator>();
        services.AddOptions<PlanOptions>().BindConfiguration(PlanOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlanOptions>, PlanOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new DataDirectory(
            provider.GetRequiredService<IHostEnvironment>().ContentRootPath,
            provider.GetRequiredService<IOptions<DataDirectoryOptions>>().Value.DataDirectory));

        // The engine decides what is registered, so it is read here; the options above validate it again with all the others.
        _ = Enum.TryParse<StorageEngine>(configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Engine)}"], ignoreCase: true, out var engine);
        _ = engine switch
        {
            StorageEngine.Postgres => services.AddPostgresStorage(connectionString),
            _ => services.AddSqliteStorage(),
        };

        services.AddScoped(static provider => provider.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContext());
        services.AddSingleton<DatabaseState>();
        services.AddSingleton<IDatabaseProbe, DatabaseProbe>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<NameStore>();
        services.AddSingleton<MessageFeed>();
        services.AddSingleton<TokenCache>();
        services.AddSingleton<TokenChanges>();
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<ISystemStore, SystemStore>();
        services.AddSingleton<ITokenStore, TokenStore>();
        services.AddSingleton<ISenderStore, SenderStore>();
        services.AddSingleton<IRefusalStore, RefusalStore>();
        services.AddSingleton<ITokenUseStore, TokenUseStore>();
        services.AddSingleton<IPriceStore, PriceStore>();
        services.AddSingleton<IModelColors, ModelColors>();
        services.AddHostedService<KnownTokensKeeper>();
        services.AddSingleton<DeletedSystemSweeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<DeletedSystemSweeper>());
        services.AddRetention();
        services.AddSummaries();
        return services;
    }
}
