namespace ActivityLog.Tests.Hosting;

public sealed class StartupTests
{
    [Fact]
    public async Task Start_ConfigurationThatCannotBe_StopsAndNamesEachOptionAtOnce()
    {
        var (exitCode, _, errors) = await ServerProcess.RunToEndAsync(
            ("ActivityLog:Admin:Email", "lea@example.com"),
            ("ActivityLog:Admin:Password", "too short"),
            ("ActivityLog:TimeZone", "Berlin"),
            ("ActivityLog:Proxy:Networks:0", "everything"));

        exitCode.ShouldBe(1);
        errors.ShouldContain("ActivityLog:Admin:Password: A password has 12 characters or more.");
        errors.ShouldContain("ActivityLog:TimeZone");
        errors.ShouldContain("ActivityLog:Proxy:Networks");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Start_PostgresWithoutAConnectionString_StopsAndSaysWhatIsMissing()
    {
        var (exitCode, _, errors) = await ServerProcess.RunToEndAsync(("ActivityLog:Storage:Engine", "Postgres"));

        exitCode.ShouldBe(1);
        errors.ShouldContain("ConnectionStrings:ActivityLog");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Start_DatabaseThatIsAway_StopsAndSaysSo()
    {
        var (exitCode, _, errors) = await ServerProcess.RunToEndAsync(
            ("ActivityLog:Storage:Engine", "Postgres"),
            ("ConnectionStrings:ActivityLog", "Host=127.0.0.1;Port=1;Database=nowhere;Username=nobody"));

        exitCode.ShouldBe(1);
        errors.ShouldContain("can't start without its database");
        errors.ShouldNotContain("   at ");
    }
}
