using System.Diagnostics;
using ActivityLog.Core.Demo;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActivityLog.Bench;

/// <summary>Fills a database with a company's year, through the product's own write path: 200 people, 12 models, about 167 messages a session.</summary>
internal static class ReportsFill
{
    private const ulong Seed = 200;
    private const int People = 200;

    /// <summary>Fills it; the product has made its tables.</summary>
    public static async Task RunAsync(IReportsDatabase database, long messages, TimeProvider clock)
    {
        var host = Build(database.Settings, clock);
        await using var ofHost = (IAsyncDisposable)host;
        var system = await host.Services.GetRequiredService<ISystemStore>().CreateAsync("Company", null, SystemPlan.Pro, CancellationToken.None)
            ?? throw new InvalidOperationException("The System is there already.");
        var created = await host.Services.GetRequiredService<ITokenStore>().CreateAsync(new(system.Key, "Laptops", RetentionPeriod.DefaultDays, null, null), CancellationToken.None);
        var crowd = DemoCrowd.Company(Seed, People, ReportsMeasure.First, ReportsMeasure.Days, messages);
        var until = ReportsMeasure.First.AddDays(ReportsMeasure.Days).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var watch = Stopwatch.StartNew();
        var (stored, points, told) = (0L, 0L, 0L);
        await host.Services.GetRequiredService<DemoFill>().RunAsync(crowd, new(system.Key, created.Token.Key, created.Token.RetentionDays), until, Count, CancellationToken.None);
        Tell("filled");
        await database.SettleAsync();
        Console.Error.WriteLine($"{database.Engine}: settled, {watch.Elapsed.TotalSeconds:0} s");

        void Count(DemoBatch batch, TelemetryAppended appended)
        {
            (stored, points) = (stored + appended.NewMessages, points + appended.NewPoints);
            if (stored / 500_000 != told)
            {
                told = stored / 500_000;
                Tell($"{batch.Day:yyyy-MM-dd}");
            }
        }

        void Tell(string what) =>
            Console.Error.WriteLine($"{database.Engine}, {what}: {stored:n0} messages and {points:n0} metric points, {stored / watch.Elapsed.TotalSeconds:n0} messages/s");
    }

    private static IHost Build(IReadOnlyDictionary<string, string> settings, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(static one => KeyValuePair.Create(one.Key.Replace("__", ":", StringComparison.Ordinal), (string?)one.Value)));
        builder.Services.AddLogging();
        builder.Services.AddSingleton(clock);
        builder.Services.AddActivityLogStorage(builder.Configuration);
        builder.Services.AddMessages();
        builder.Services.AddSampleData();
        return builder.Build();
    }
}
