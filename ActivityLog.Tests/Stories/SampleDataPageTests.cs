using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>An admin without data looks at what it would be like, and takes it away again.</summary>
[Trait("Category", "Browser")]
public sealed class SampleDataPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Overview_FilledWithSampleData_SaysSoUntilItIsRemoved()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.GotoAsync("/");
        await page.GetByLabel("E-mail").FillAsync(ActivityLogApp.AdminEmail);
        await page.GetByLabel("Password").FillAsync(ActivityLogApp.AdminPassword);
        await page.Keyboard.PressAsync("Enter");
        var empty = page.GetByText("No calls in these days");
        await Expect(empty).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Fill with sample data" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Filling in sample data" })).ToBeVisibleAsync();
        var note = page.GetByRole(AriaRole.Note);
        // Nobody loads the page again; the machine may be busy.
        await Expect(note.GetByText("is sample data")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await Expect(page.GetByText("tomas.novak").First).ToBeVisibleAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in new[] { 1440, 400 })
            {
                await page.SetViewportSizeAsync(width, 900);
                var found = (await page.RunAxe(new AxeRunOptions())).Violations.Where(static fault => fault.Impact is "serious" or "critical");
                found.Select(static fault => $"{fault.Id}: {fault.Help}").ShouldBeEmpty();
            }
        }

        await note.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(empty).ToBeVisibleAsync();
        await Expect(note).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Overview_DaysWithoutCallsBesideOthers_OffersNoSampleData()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, await app.CreateTokenAsync(await app.CreateSystemAsync("laptops")));
        await app.SettleAsync();
        var page = await browser.NewPageAsync(app.BaseAddress);

        await page.SignInAsync("/?from=2020-01-01&to=2020-01-02");

        await Expect(page.GetByText("No calls in these days")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Fill with sample data" })).ToHaveCountAsync(0);
    }
}
