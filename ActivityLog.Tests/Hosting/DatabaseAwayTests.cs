using System.Net;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ActivityLog.Tests.Hosting;

/// <summary>What is said while the database is away is true of the spool.</summary>
public sealed class DatabaseAwayTests
{
    [Theory]
    [InlineData(true, HealthStatus.Degraded)]
    [InlineData(false, HealthStatus.Unhealthy)]
    public async Task Health_DatabaseIsAway_IsDegradedOnlyWhileTheSpoolTakesWhatComes(bool canTake, HealthStatus status)
    {
        var database = new DatabaseState(TimeProvider.System, Options.Create(new StorageOptions { Engine = StorageEngine.Postgres }));
        database.MarkAway("Connection refused");
        var spool = new FixedSpool(new(true, true, 10, 1000, 1, null, 0, null, null) { CanTake = canTake });

        var result = await new DatabaseHealth(new Otlp.FakeDatabaseProbe(), database, spool).CheckHealthAsync(new());

        result.Status.ShouldBe(status);
        result.Description.ShouldNotBeNull().ShouldContain("Connection refused");
    }

    [Theory]
    [InlineData("1000000", "is kept, and shows here")]
    [InlineData("0", "can't be kept")]
    public async Task Page_DatabaseIsAway_SaysWhetherWhatIsPostedIsKept(string maxBytes, string text)
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Postgres, new Dictionary<string, string?> { ["ActivityLog:Spool:MaxBytes"] = maxBytes });
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var database = app.Services.GetRequiredService<DatabaseState>();

        // Until the next sign of life: a request may come just after it.
        await Soon.TrueAsync(async () =>
        {
            database.MarkAway("the test says so");
            using var response = await client.GetAsync("/");
            return response.StatusCode == HttpStatusCode.ServiceUnavailable && (await response.Content.ReadAsStringAsync()).Contains(text, StringComparison.Ordinal);
        });
    }

    private sealed class FixedSpool(SpoolState state) : ISpoolState
    {
        public SpoolState Current => state;
    }
}
