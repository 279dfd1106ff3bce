using ActivityLog.Core.Queries;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActivityLog.Tests.Summaries;

/// <summary>Lets a <see cref="Fate"/> happen to an installation of two nodes.</summary>
internal sealed class FateOfSums(EngineFixture engine, IHost other, Fate fate)
{
    // Clocks change by half an hour, over midnight, a minute after it, not at all.
    private static readonly string[] s_zones = ["Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns", "Asia/Kathmandu", "Europe/Berlin", "UTC"];

    private readonly Random _random = new(fate.Seed);
    private readonly List<int> _sent = [];
    private readonly List<string> _happened = [];
    private readonly DateTime _noon = engine.Clock.GetUtcNow().UtcDateTime;
    private MonitoredSystem _system = null!;

    /// <summary>What has happened, for a failure.</summary>
    public string Happened => string.Join(", ", _happened);

    public async Task RunAsync()
    {
        _system = await engine.CreateSystemAsync();
        for (var step = 0; step < fate.Steps; step++)
        {
            await StepAsync();
            if ((await Node().GetRequiredService<ISummaryState>().ReadAsync(default)).Progress == 1)
            {
                await CheckAsync();
            }
        }

        await BuildAsync(all: false);
        await CheckAsync();
    }

    private async Task StepAsync()
    {
        switch (_random.Next(16))
        {
            case < 5:
                await Note("new batches", SendAsync([.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _random.Next())]));
                break;
            case 5 or 6:
                await Note("old batches again", SendAsync([.. _sent.Where(_ => _random.Next(3) == 0)]));
                break;
            case 7 or 8:
                await Note("retention", RetainAsync());
                break;
            case 9:
                await Note("alias", AliasAsync());
                break;
            case 10 or 11:
                await Note("compaction", Node().GetRequiredService<SumCompactor>().RunAsync(null, 1, default));
                break;
            case 12:
                await Note("rebuild", BuildAsync(all: true));
                break;
            case 13:
                await Note("pins", PinAsync());
                break;
            case 14:
                await Note("zone", ChooseZoneAsync());
                break;
            default:
                await (_random.Next(4) == 0 ? Note("deletion", DeleteSystemAsync()) : Note("build", BuildAsync(all: false)));
                break;
        }
    }

    private Task Note(string what, Task happening)
    {
        _happened.Add(what);
        return happening;
    }

    private Task<TelemetryAppended[]> SendAsync(IReadOnlyList<int> seeds)
    {
        _sent.AddRange(seeds.Except(_sent));
        // At once, from both nodes.
        return Task.WhenAll(seeds.Select(seed => Node().GetRequiredService<ITelemetryStore>().AppendAsync([ArbitraryTelemetry.Batch(_system, seed, _noon)], default)));
    }

    private async Task RetainAsync()
    {
        engine.Clock.Advance(TimeSpan.FromDays(_random.Next(1, 40)));
        await Node().GetRequiredService<RetentionSweeper>().RunAsync(default);
    }

    private async Task AliasAsync()
    {
        await using var context = await ContextAsync();
        var people = await context.Names.Where(static n => n.Kind == NameKind.User).OrderBy(static n => n.Id).ToListAsync();
        if (people.Count > 1)
        {
            people[0].AliasOf = people[0].AliasOf is null ? people[1].Id : null;
            await context.SaveChangesAsync();
        }
    }

    private async Task BuildAsync(bool all)
    {
        // The settings stay as they are meanwhile.
        (await Node().GetRequiredService<SummaryBuild>().RunAsync(all, static _ => Task.CompletedTask, default)).ShouldNotBeNull();
        (await Node().GetRequiredService<ISummaryState>().ReadAsync(default)).Progress.ShouldBe(1);
    }

    private Task PinAsync() => Node().GetRequiredService<ISummaryChoices>().PinAsync([.. ArbitraryTelemetry.Keys.Where(_ => _random.Next(2) == 0)], default);

    private Task ChooseZoneAsync() =>
        Node().GetRequiredService<ISummaryChoices>().ChooseZoneAsync(QueryTimes.TryFindZone(s_zones[_random.Next(s_zones.Length)]), default);

    private async Task DeleteSystemAsync()
    {
        await engine.Get<ISystemStore>().DeleteAsync(_system.Id, default);
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.Get<DeletedSystemSweeper>().SweepAsync(default);
        (await SumsCheck.FindDifferenceAsync(engine.Services, _system.Key)).ShouldBeNull($"{fate}: {Happened}");
        _sent.Clear();
        _system = await engine.CreateSystemAsync();
    }

    private async Task CheckAsync() => (await SumsCheck.FindDifferenceAsync(engine.Services, _system.Key)).ShouldBeNull($"{fate}: {Happened}");

    private IServiceProvider Node() => _random.Next(2) == 0 ? engine.Services : other.Services;

    private Task<ActivityLogDbContext> ContextAsync() => engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
}
