using System.Text.RegularExpressions;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>A team lead reads the reports: charts, filters, links, a saved view, CSV, PNG and paper, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed partial class ReportPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Days = "from=2026-11-20&to=2026-11-24&tz=Asia%2FKolkata";
    private const string Model = "claude-sonnet-5-5";

    [Fact]
    public async Task Report_ChartTableAndFiles_SayTheSame()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync($"/reports/cost-by-model?{Days}");
        var total = await page.Locator("#report-total").InnerTextAsync();
        var chart = page.GetByRole(AriaRole.Img, new() { NameRegex = ChartName() });
        await Expect(chart.Locator("path").First).ToBeVisibleAsync();

        // Bars are reached by the arrow keys, said aloud, and opened by Enter.
        await chart.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(chart.Locator(".tip h4")).ToContainTextAsync("22 Nov");
        await Expect(chart.Locator(".tip h4")).ToContainTextAsync(total);
        await Expect(chart.Locator("+ p")).ToContainTextAsync(Model);

        // The same numbers as a table, in the chart's place.
        await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = DayRow() })).ToContainTextAsync(total);
        await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();

        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        csv.SuggestedFilename.ShouldBe("cost-by-model.csv");
        (await File.ReadAllTextAsync(await csv.PathAsync())).ShouldContain($"\"{Model}\"");
        var png = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "PNG" }).ClickAsync());
        png.SuggestedFilename.ShouldBe("cost-by-model.png");
        var bytes = await File.ReadAllBytesAsync(await png.PathAsync());
        bytes[..4].ShouldBe([0x89, 0x50, 0x4E, 0x47]);
        bytes.Length.ShouldBeGreaterThan(5_000);

        await chart.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(SessionsOfDay());
    }

    [Fact]
    public async Task Report_WindowResized_ChartKeepsTheNamesOfItsDays()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync($"/reports/cost-by-model?{Days}");
        var chart = page.GetByRole(AriaRole.Img, new() { NameRegex = ChartName() });
        var names = chart.Locator(".chart-axis text");
        await Expect(names.First).ToBeVisibleAsync();
        var before = await names.AllTextContentsAsync();
        before.ShouldContain("22 Nov");
        var width = await chart.Locator("svg").First.GetAttributeAsync("width");

        await page.SetViewportSizeAsync(1000, 800);

        await Expect(chart.Locator("svg").First).Not.ToHaveAttributeAsync("width", width!);
        await Expect(names).ToHaveTextAsync(before);
    }

    [Theory]
    [InlineData("today")]
    [InlineData("7d")]
    public async Task LineChart_UntilToday_NamesNowBelowTheLastPoint(string range)
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var system = (await app.Services.GetRequiredService<ISystemStore>().GetAsync(await app.CreateSystemAsync("laptops"), CancellationToken.None))!;
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([A.Batch(A.Generation(system, "today", with: m => m.OccurredAt = now))], CancellationToken.None);
        var page = await browser.NewPageAsync(app.BaseAddress, width: 1440);
        // Where it is about noon, so that the day doesn't end under the test.
        var zone = Uri.EscapeDataString($"Etc/GMT{now.Hour - 12:+0;-0}");
        await page.SignInAsync($"/reports/api-by-model?range={range}&tz={zone}");

        var label = page.Locator("#report-chart .chart-axis text", new() { HasText = "now" });
        await Expect(label).ToHaveCountAsync(1);
        await Expect(page.Locator("#report-chart .chart-axis text").Last).ToHaveTextAsync("now");
        var name = await BoxAsync(label);
        // Only today has a value.
        var point = await BoxAsync(page.Locator("#report-chart .apexcharts-marker").Last);
        var drawing = await BoxAsync(page.Locator("#report-chart .plot svg").First);

        Middle(name).ShouldBe(Middle(point), 2);
        name.Y.ShouldBeGreaterThan(point.Y + point.Height);
        (name.Y + name.Height).ShouldBeLessThanOrEqualTo(drawing.Y + drawing.Height);
    }

    [Fact]
    public async Task Filters_MovingBetweenPages_AreKept()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync($"/reports/cost-by-model?{Days}");
        // What is drawn before the circuit is there can't be pressed yet.
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = ChartName() }).Locator("path").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All people" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "alice" }).CheckAsync();
        await page.WaitForURLAsync("**user=alice**");
        await page.Keyboard.PressAsync("Escape");

        var nav = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await nav.GetByRole(AriaRole.Link, new() { Name = "Cost by day" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Cost by day" })).ToBeVisibleAsync();
        page.Url.ShouldContain("user=alice");
        page.Url.ShouldContain("tz=Asia%2FKolkata");
        await nav.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        page.Url.ShouldContain("user=alice");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Asia/Kolkata" })).ToBeVisibleAsync();

        // A day's calls carry them, too.
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Cell, new() { NameRegex = DayRow() }).GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync(SessionsOfDay());
        page.Url.ShouldContain("user=alice");
    }

    [Fact]
    public async Task Link_PressedBeforeTheCircuitIsThere_Opens()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync("/systems");
        // As over a slow network.
        await page.RouteAsync("**/_blazor/negotiate*", static async route =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await route.ContinueAsync();
        });
        await page.GotoAsync("/systems", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        var nav = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        var connected = page.WaitForWebSocketAsync();
        await nav.GetByRole(AriaRole.Link, new() { Name = "Senders" }).ClickAsync();
        await connected;

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Senders", Exact = true })).ToBeVisibleAsync();
        await nav.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "All people" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task View_Saved_OpensWhatItWasSavedOfAndIsDeletedAfterAsking()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        var address = $"/reports/cost-by-user?{Days}&model={Model}";
        await page.SignInAsync(address);
        // What is drawn before the circuit is there can't be pressed yet.
        await Expect(page.Locator("#report-table")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Sonnet in November");
        await dialog.GetByLabel("Everybody here sees it").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sonnet in November" }).First).ToBeVisibleAsync();

        await page.GotoAsync($"/?{Days}");
        await Expect(page.Locator("#cost-by-day")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ViewName() }).ClickAsync();
        await page.WaitForURLAsync($"**{address}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sonnet in November" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Sonnet in November" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("Sonnet in November")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Pages_AnyWidthAndTheme_FitAndAreAccessible(int width, ColorScheme scheme)
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress, width, colorScheme: scheme);
        await page.SignInAsync($"/?{Days}");
        foreach (var (path, shown) in new[] { ("/", "#cost-by-day"), ("/reports/cost-by-model", "#report-table"), ("/reports/cost-by-user", "#report-table"), ("/reports/tokens-by-day", "#report-table"), ("/reports/cost-by-user-and-day", "#report-table"), ("/reports/dearest-prompts", "#report-table"), ("/reports/api-by-model", "#report-table"), ("/reports/tools", "#report-table"), ("/sessions", "table.sessions"), ("/settings", "table.people") })
        {
            await page.GotoAsync($"{path}?{Days}");
            await Expect(page.Locator(shown)).ToBeVisibleAsync();
            await page.ShouldBeAccessibleAsync();
            await page.ShouldFitAsync();
        }

        // Of a row that two names tell apart, neither gives way to the width.
        await page.GotoAsync($"/reports/cost-by-user-and-day?{Days}");
        await Expect(page.Locator("#report-table tbody td").Nth(0)).ToContainTextAsync("Nov");
        await Expect(page.Locator("#report-table tbody td").Nth(1)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ApiByModel_Legend_SaysEachModelsP95()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress, width: 1440);
        await page.SignInAsync($"/reports/api-by-model?{Days}");
        var row = page.Locator("#report-table tbody tr").Filter(new() { HasText = Model });
        var p95 = await row.Locator("td.cost").InnerTextAsync();

        await Expect(page.Locator(".legend li").Filter(new() { HasText = Model }).Locator("b")).ToHaveTextAsync(p95);
        await Expect(page.Locator("#report-table thead th.cost")).ToHaveTextAsync("p95");
        await Expect(page.Locator("#report-chart .sub")).ToContainTextAsync("p95 in 5 days");
    }

    [Fact]
    public async Task Sessions_OfOneIdInTwoSystems_AreReachedWithoutAQuestion()
    {
        await using var app = await StartAsync();
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, await app.CreateTokenAsync(await app.CreateSystemAsync("runners")));
        await app.SettleAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync($"/reports/dearest-sessions?{Days}");
        foreach (var path in new[] { "/reports/dearest-sessions", "/reports/dearest-prompts", "/", "/sessions" })
        {
            await page.GotoAsync($"{path}?{Days}");
            // Not those of a chart's numbers, which are there for readers only.
            await page.Locator("main table:not([id^='chart-']) a[href^='/sessions/']").First.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Treegrid, new() { Name = "Timeline" })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Sessions_SavedAsAView_OpenWithTheirOrderAndFilters()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        var address = $"/sessions?{Days}&sort=cost";
        await page.SignInAsync(address);
        await Expect(page.Locator("table.sessions")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Dearest first");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dearest first" }).First).ToBeVisibleAsync();

        await page.GotoAsync("/sessions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Dearest first" }).ClickAsync();

        await page.WaitForURLAsync($"**{address}");
    }

    [Fact]
    public async Task Print_DarkTheme_IsLightAndSaysRangeAndZone()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress, colorScheme: ColorScheme.Dark);
        await page.SignInAsync($"/reports/cost-by-model?{Days}&user=alice");
        await Expect(page.Locator("#report-table")).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.GetByText("20 Nov – 24 Nov, days of Asia/Kolkata. Only alice", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Filters" })).ToBeHiddenAsync();
        await Expect(page.Locator("#report-chart")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Expect(page.Locator("#report-chart path").First).ToBeVisibleAsync();
        (await page.PdfAsync()).Length.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task Table_WeeksChosenWhileItStands_NoChartOfTheDaysIsLeftToBePrinted()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync($"/reports/cost-by-model?{Days}");
        var drawn = page.Locator("#report-chart svg path");
        await Expect(drawn.First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Week", Exact = true }).ClickAsync();

        await Expect(drawn).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(drawn.First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_ZoneAndPin_AreKept()
    {
        await using var app = await StartAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync("/settings");
        await Expect(page.Locator("#zone")).ToBeVisibleAsync();
        await page.GetByLabel("Zone", new() { Exact = true }).FillAsync("Nowhere/Land");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).First.ClickAsync();
        await Expect(page.GetByText("There is no time zone “Nowhere/Land”.")).ToBeVisibleAsync();
        await page.GetByLabel("Zone", new() { Exact = true }).FillAsync("Asia/Kathmandu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).First.ClickAsync();
        await page.GetByLabel("Attribute", new() { Exact = true }).FillAsync("team.id");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = TeamRow() })).ToBeVisibleAsync();

        await page.GotoAsync("/");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Asia/Kathmandu" })).ToBeVisibleAsync();
    }

    private static async Task<ActivityLogApp> StartAsync()
    {
        var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, await app.CreateTokenAsync(await app.CreateSystemAsync("laptops")));
        await app.SettleAsync();
        return app;
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator element) => (await element.BoundingBoxAsync()).ShouldNotBeNull();

    private static float Middle(LocatorBoundingBoxResult box) => box.X + box.Width / 2;

    [GeneratedRegex("^Cost by model, 20 Nov – 24 Nov, by model: ")]
    private static partial Regex ChartName();

    [GeneratedRegex("Sun 22 Nov")]
    private static partial Regex DayRow();

    [GeneratedRegex("/sessions\\?from=2026-11-22&to=2026-11-22&tz=Asia%2FKolkata")]
    private static partial Regex SessionsOfDay();

    [GeneratedRegex("Sonnet in November")]
    private static partial Regex ViewName();

    [GeneratedRegex("team\\.id")]
    private static partial Regex TeamRow();
}
