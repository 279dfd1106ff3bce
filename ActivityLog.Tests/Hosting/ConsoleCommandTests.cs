using ActivityLog.Core.Demo;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
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
}
