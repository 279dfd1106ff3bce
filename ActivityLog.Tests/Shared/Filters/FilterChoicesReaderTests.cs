using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Shared.Filters;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Shared.Filters;

public sealed class FilterChoicesReaderTests
{
    [Fact]
    public async Task ReadAsync_ManyPeopleOfManyModels_AllAreOffered()
    {
        const int people = 40, models = 30;
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var system = (await app.Services.GetRequiredService<ISystemStore>().GetAsync(await app.CreateSystemAsync("laptops"), CancellationToken.None))!;
        var calls = Enumerable.Range(0, people * models).Select(n => A.Generation(system, $"req-{n}", with: m =>
            (m.UserName, m.Model, m.ServiceName) = ($"person-{n / models:00}", $"model-{n % models:00}", $"service-{n % 2}"))).ToList();
        await app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([A.Batch(calls)], CancellationToken.None);
        var day = DateOnly.FromDateTime(A.Noon);
        var filters = new PageFilters { Period = new(day, day, null), Zone = TimeZoneInfo.Utc, Users = ["nobody"] };

        var choices = await app.Services.GetRequiredService<FilterChoicesReader>().ReadAsync([system], filters, CancellationToken.None);

        choices.Users.Select(static one => one.Value).ShouldBe(["nobody", .. Enumerable.Range(0, people).Select(static n => $"person-{n:00}")]);
        choices.Models.Select(static one => one.Value).ShouldBe(Enumerable.Range(0, models).Select(static n => $"model-{n:00}"));
        choices.Services.Select(static one => one.Value).ShouldBe(["service-0", "service-1"]);
    }
}
