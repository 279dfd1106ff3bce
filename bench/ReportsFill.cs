using System.Diagnostics;
using ActivityLog.Core.Demo;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Nodes;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
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
    private static readonly TimeSpan s_addingUp = TimeSpan.FromMinutes(20);

    /// <summary>Fills it; the product has made its tables.</summary>
    public static async Task RunAsync(IReportsDatabase database, long messages, TimeProvider clock)
    {
        // Nobody else is there, for whom those who add up sums would have to pause.
        var host = Build(database.Settings, new ClockWithoutPauses());
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
        await AddUpAsync(host.Services.GetRequiredService<SumCompactor>(), clock);
        await host.Services.GetRequiredService<ToldSeriesSweeper>().RunAsync(CancellationToken.None);
        Console.Error.WriteLine($"{database.Engine}: sums added up, {watch.Elapsed.TotalSeconds:0} s");
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

    // As the server does behind those who write; what isn't done in this time, it does while it serves.
    private static async Task AddUpAsync(SumCompactor compactor, TimeProvider clock)
    {
        using var patience = new CancellationTokenSource(s_addingUp, clock);
        while (!patience.IsCancellationRequested)
        {
            try
            {
                await compactor.RunAsync(null, 1, patience.Token);
                return;
            }
            catch (LeadershipLostException)
            {
                // The server that made the tables led until a moment ago.
                await Task.Delay(TimeSpan.FromSeconds(1), clock);
            }
            catch (Exception) when (patience.IsCancellationRequested)
            {
                Console.Error.WriteLine("Not all sums are added up.");
            }
        }
    }

    private static IHost Build(IReadOnlyDictionary<string, string> settings, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(static one => KeyValuePair.Create(one.Key.Replace("__", ":", StringComparison.Ordinal), (string?)one.Value)));
        builder.Services.AddLogging();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(new ZoneOfOption(TimeZoneInfo.FindSystemTimeZoneById(ReportsMeasure.Zone)));
        builder.Services.AddActivityLogStorage(builder.Configuration);
        builder.Services.AddMessages();
        builder.Services.AddReports();
        builder.Services.AddSampleData();
        return builder.Build();
    }
}
