using ActivityLog.Core.Demo;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.CostTruth;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Hosting;

public sealed class ConsoleCommandTests
{
    [Fact]
    public async Task Start_WordThatIsNoCommand_StopsAndNamesThoseThereAre()
    {
        var (exitCode, _, errors) = await ServerProcess.RunToEndAsync(["dmeo"]);

        exitCode.ShouldBe(1);
        errors.ShouldContain("'dmeo'");
        errors.ShouldContain("demo: fills a System");
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Demo_BesideARunningServer_FillsItsDatabase(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);

        var (exitCode, output, errors) = await ServerProcess.RunToEndAsync(["demo"], app.StorageSettings);

        errors.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        output.ShouldContain("100 %");
        output.ShouldContain("Open http://");
        var sampleData = await app.Services.GetRequiredService<ISampleData>().FindAsync(CancellationToken.None);
        sampleData!.IsSample.ShouldBeTrue();
        using var client = await app.LoginAsync();
        (await client.GetStringAsync("/api/v1/messages?type=ai.generation&take=1")).ShouldContain("costMicrocents");
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task RebuildSummaries_OfSumsThatAreWrongWhileMessagesCome_PutsThemRight(StorageEngine engine)
    {
        const string Name = "json";
        await using var app = await ActivityLogApp.StartAsync(engine);
        var (before, meanwhile) = (await app.CreateSystemAsync(), await app.CreateSystemAsync());
        await app.PostRecordingAsync(Name, RecordingOrder.Recorded, await app.CreateTokenAsync(before));
        await app.SettleAsync();
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync())
        {
            (await context.Database.ExecuteSqlRawAsync("UPDATE spend_sums SET cost_nanodollars = cost_nanodollars + 1000000")).ShouldBeGreaterThan(0);
        }

        var command = ServerProcess.RunToEndAsync(["rebuild-summaries"], app.StorageSettings);
        await app.PostRecordingAsync(Name, RecordingOrder.Twice, await app.CreateTokenAsync(meanwhile));
        var (exitCode, output, errors) = await command;

        errors.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        output.ShouldContain("100 %");
        output.ShouldContain("All sums are right now");
        using var api = await app.LoginAsync();
        var cost = Recording.Load(Name).Totals.Usage.CostMicrocents;
        (await new StoredUsage(api, before).SpendAsync()).ShouldBe(cost);
        (await new StoredUsage(api, meanwhile).SpendAsync()).ShouldBe(cost);
        (await ServerProcess.RunToEndAsync(["rebuild-summaries"], app.StorageSettings)).Output.ShouldContain("All sums were right.");
    }
}
