using ActivityLog.Core.Demo;
using ActivityLog.Core.Messages;
using ActivityLog.Core.People;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Core.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Support;

/// <summary>
/// The product's stores on one engine, with their tables made, for the contract tests of a class. Nothing runs in the background.
/// The tests of a class share it: each makes a System of its own.
/// </summary>
public abstract class EngineFixture(StorageEngine engine) : IAsyncLifetime
{
    private TestDatabase? _database;
    private IHost? _host;

    public StorageEngine Engine => engine;

    /// <summary>The stores' clock; it stands until a test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(A.Noon.AddDays(1));

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(engine);
        _host = BuildNode();
        await Get<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>All of them.</summary>
    public IServiceProvider Services => _host!.Services;

    /// <summary>A store.</summary>
    public T Get<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    /// <summary>The stores once more, as another node on the same database has them.</summary>
    public IHost BuildNode()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(_database!.Settings);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddActivityLogStorage(builder.Configuration);
        builder.Services.AddMessages();
        builder.Services.AddSavedViews();
        builder.Services.AddPeople();
        builder.Services.AddReports();
        builder.Services.AddSampleData();
        return builder.Build();
    }

    /// <summary>A new System.</summary>
    public async Task<MonitoredSystem> CreateSystemAsync(SystemPlan plan = SystemPlan.Pro) =>
        (await Get<ISystemStore>().CreateAsync($"System {Guid.NewGuid():n}", null, plan, CancellationToken.None))!;

    /// <summary>A new token of a System.</summary>
    public async Task<IngestToken> CreateTokenAsync(MonitoredSystem system) =>
        (await Get<ITokenStore>().CreateAsync(new NewToken(system.Key, "Tests", RetentionPeriod.DefaultDays, null, null), CancellationToken.None)).Token;

    /// <summary>All messages of a System as kept, oldest first.</summary>
    public async Task<List<MessageRow>> ReadRowsAsync(MonitoredSystem system)
    {
        await using var context = await Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        return await context.Messages.AsNoTracking().Where(m => m.SystemKey == system.Key)
            .OrderBy(static m => m.OccurredAt).ThenBy(static m => m.SessionKey).ThenBy(static m => m.CallKey).ToListAsync();
    }
}
