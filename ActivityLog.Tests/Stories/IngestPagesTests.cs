using System.Text.RegularExpressions;
using ActivityLog.Core.Senders;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Tests.Senders;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>An admin watches what arrives, what is refused and who sends, in a real browser, without loading a page again.</summary>
[Trait("Category", "Browser")]
public sealed partial class IngestPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(StorageEngine.Sqlite, 1280, ColorScheme.Light)]
    [InlineData(StorageEngine.Postgres, 400, ColorScheme.Dark)]
    public async Task Ingest_WhileRequestsCome_ShowsThemAndRefusalsLive(StorageEngine engine, int width, ColorScheme scheme)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        var token = await app.CreateTokenAsync(await app.CreateSystemAsync("laptops"));
        var page = await browser.NewPageAsync(app.BaseAddress, width, colorScheme: scheme);
        await page.SignInAsync("/ingest");
        await Expect(page.GetByText("All is well")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing was refused")).ToBeVisibleAsync();
        await Expect(Figure(page, "Last commit")).ToContainTextAsync("none yet");
        (await page.GetByText("on this node").CountAsync()).ShouldBe(engine == StorageEngine.Postgres ? 1 : 0);

        await app.PostRecordingAsync("json-options", RecordingOrder.Recorded, token);
        await RefuseAsync(app, token);
        await RefuseAsync(app, "al_nobody");

        await Expect(Figure(page, "Last commit")).Not.ToContainTextAsync("none yet");
        await Expect(Figure(page, "Answered in, p95")).ToContainTextAsync("p50");
        await Expect(Figure(page, "Refused, 15 min").Locator(".v")).ToHaveTextAsync("2");
        await Expect(page.GetByText("wrong content type")).ToBeVisibleAsync();
        await Expect(page.GetByText("mistyped, cut, or of another server")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = RecordsASecond() })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "14 min ago" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();

        PretendTrouble(app);
        await Expect(Figure(page, "Waiting").Locator(".v")).ToContainTextAsync("12");
        await Expect(Figure(page, "Waiting")).ToContainTextAsync("oldest 1.5 s");
        await Expect(Figure(page, "Spool")).ToContainTextAsync("34 requests, oldest");
        await Expect(page.GetByText("2 spooled requests couldn't be stored.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The spool had trouble at")).ToBeVisibleAsync();
        await Expect(page.Locator(".page-foot")).ToContainTextAsync("database or disk is full");
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task System_WhoseTokenIsUsedAndRefused_TellsWhenFromWhereHowMuchAndWhy(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        var systemId = await app.CreateSystemAsync("laptops");
        var secret = await app.CreateTokenAsync(systemId);
        await app.PostRecordingAsync("json-options", RecordingOrder.Recorded, secret);
        await RefuseAsync(app, secret);
        var page = await browser.NewPageAsync(app.BaseAddress, 1280);
        await page.SignInAsync($"/systems/{systemId}");

        // What is used and refused is stored every few seconds; the page looks again by itself.
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = TokenSecret.Prefix(secret) }).Filter(new() { HasText = "Tests" });
        await Expect(row).ToContainTextAsync("from 127.0.0.1", new() { Timeout = 30_000 });
        await Expect(row).Not.ToContainTextAsync("never");
        await Expect(row.Locator(".rate .spark")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("1 × 415");
        await Expect(page.GetByText("wrong content type")).ToBeVisibleAsync();
    }

    // What this node watches is told to it; the database isn't touched.
    private static void PretendTrouble(ActivityLogApp app)
    {
        var monitor = app.Services.GetRequiredService<IngestMonitor>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        monitor.WatchQueue(static () => new(12, 3_400, TimeSpan.FromSeconds(1.5), 100_000, 1_000_000));
        monitor.WatchSpool(() => new(true, true, 5_600, 10_000, 34, now.AddMinutes(-2), 2, "The spool is full.", now));
        monitor.CountFailure(new StoreUnavailableException("away", new IOException("database or disk is full")));
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite, 400, ColorScheme.Light)]
    [InlineData(StorageEngine.Postgres, 1280, ColorScheme.Dark)]
    public async Task Senders_WhileRequestsCome_ShowsWhoAndWhatIsMissing(StorageEngine engine, int width, ColorScheme scheme)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        var systemId = await app.CreateSystemAsync("laptops");
        var secret = await app.CreateTokenAsync(systemId);
        var page = await browser.NewPageAsync(app.BaseAddress, width, colorScheme: scheme);
        await page.SignInAsync("/senders");
        await Expect(page.GetByText("No senders yet")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await app.PostRecordingAsync("json-options", RecordingOrder.Recorded, secret);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1 sender" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing missing")).ToBeVisibleAsync();

        // One that was there long enough to tell that no traces come.
        var token = await TokenAsync(app, systemId);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var senders = app.Services.GetRequiredService<ISenderStore>();
        await senders.AddAsync([ASender.Of(token, now.AddMinutes(-10), user: "mira", logs: true, metrics: true)], CancellationToken.None);
        const string Line = "export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp";
        await Expect(page.GetByText(Line)).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = CopyTraces() }).ClickAsync();
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(Line);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = SomethingMissing() }).ClickAsync();
        await Expect(page).ToHaveURLAsync(IncompleteAddress());
        await Expect(page.GetByText("mira")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);

        // Prompts that are off are a choice: nothing is missing, and what would turn them on is there to be opened.
        await senders.AddAsync([ASender.Of(token, now.AddMinutes(-9), user: "noor", logs: true, traces: true, metrics: true, prompts: false)], CancellationToken.None);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = SomethingMissing() }).ClickAsync();
        await page.GetByText("Optional: prompts with their text").ClickAsync();
        await Expect(page.GetByText("export OTEL_LOG_USER_PROMPTS=1")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = SomethingMissing() })).ToContainTextAsync("1");
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
    }

    private static ILocator Figure(IPage page, string label) =>
        page.Locator(".kpi").Filter(new() { Has = page.GetByText(label, new() { Exact = true }) });

    private static async Task<IngestToken> TokenAsync(ActivityLogApp app, Guid systemId)
    {
        var system = await app.Services.GetRequiredService<ISystemStore>().GetAsync(systemId, CancellationToken.None);
        return (await app.Services.GetRequiredService<ITokenStore>().ListAsync(system!.Key, CancellationToken.None))[0];
    }

    private static async Task RefuseAsync(ActivityLogApp app, string token)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new StringContent("x"), Headers = { Authorization = new("Bearer", token) } };
        using var response = await client.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeFalse();
    }

    [GeneratedRegex("Records a second over the last 15 minutes")]
    private static partial Regex RecordsASecond();

    [GeneratedRegex("Copy the line that mends: no traces")]
    private static partial Regex CopyTraces();

    [GeneratedRegex("Something missing")]
    private static partial Regex SomethingMissing();

    [GeneratedRegex("incomplete=True", RegexOptions.IgnoreCase)]
    private static partial Regex IncompleteAddress();
}
