using System.Text.RegularExpressions;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>What a new user does first, in a real browser: from the setup code to the reports, with what the real CLI sent.</summary>
[Trait("Category", "Browser")]
public sealed partial class FirstUseTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Recorded = "protobuf-terminal";
    private const string Days = "from=2026-11-01&to=2026-11-30&tz=UTC";

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task NewUser_SetsUpAndSendsARecording_SeesItLiveAndInTheReports(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(
            engine, new Dictionary<string, string?> { ["ActivityLog:Admin:Email"] = null, ["ActivityLog:Admin:Password"] = null });
        var page = await browser.NewPageAsync(app.BaseAddress);

        await SetUpAsync(page, app.Services.GetRequiredService<SetupCode>().Text);
        var token = await MakeTokenAsync(page, app.BaseAddress);
        var feed = await page.Context.NewPageAsync();
        await feed.GotoAsync("/messages");
        await Expect(feed.GetByText("No messages yet")).ToBeVisibleAsync();

        await app.PostRecordingAsync(Recorded, RecordingOrder.Recorded, token);

        // Neither page is loaded again.
        await Expect(page.GetByText("Received", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(feed.GetByRole(AriaRole.Row, new() { NameRegex = PromptRow() }).First).ToBeVisibleAsync();
        await Expect(feed.GetByText("claude-sonnet-5-5").First).ToBeVisibleAsync();

        var usage = Recording.Load(Recorded).Totals.Usage;
        var exact = $"${usage.CostMicrocents / 1e6:0.000000}";
        foreach (var (report, name) in new[] { ("cost-by-model", "claude-sonnet-5-5"), ("cost-by-user", "alice"), ("cost-by-day", "22 Nov") })
        {
            await page.GotoAsync($"/reports/{report}?{Days}");
            await Expect(page.Locator("#report-total")).ToHaveAttributeAsync("title", exact);
            await Expect(page.GetByRole(AriaRole.Table).Last.GetByText(name).First).ToBeVisibleAsync();
            await Expect(page.GetByText($"{usage.ApiRequests} calls, each counted once")).ToBeVisibleAsync();
        }
    }

    private static async Task SetUpAsync(IPage page, string code)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Setup code").FillAsync(code);
        await page.GetByLabel("E-mail").FillAsync("lea@example.com");
        await page.GetByLabel("Password").FillAsync("a sentence is fine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make admin and sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        // The heading is drawn before the circuit is there; this is read over it.
        await Expect(page.GetByText("No calls in these days")).ToBeVisibleAsync();
    }

    private static async Task<string> MakeTokenAsync(IPage page, Uri address)
    {
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Systems" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New System" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("claude-code");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make System" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "claude-code", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "New Token" }).First.ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("laptops");
        await Expect(dialog.GetByLabel("Keep what it sends")).ToHaveValueAsync("1825");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Generate" }).ClickAsync();

        await Expect(page.GetByText("Waiting", new() { Exact = true })).ToBeVisibleAsync();
        var token = await page.GetByLabel("Token", new() { Exact = true }).InputValueAsync();
        var settings = await page.Locator("#settings-text").TextContentAsync() ?? "";
        settings.ShouldContain($"OTEL_EXPORTER_OTLP_ENDPOINT={address.ToString().TrimEnd('/')}/api/v1/otlp");
        settings.ShouldContain($"Authorization=Bearer {token}");
        return token;
    }

    [GeneratedRegex("prompt Fix the off-by-one error")]
    private static partial Regex PromptRow();
}
