using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>An admin looks whether what has expired goes.</summary>
[Trait("Category", "Browser")]
public sealed class RetentionPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Retention_RunDeletesWhatIsDue_ThePageShowsItByItself()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var system = await app.CreateSystemAsync("Laptops");
        await app.CreateSystemAsync("Runners");
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, await app.CreateTokenAsync(system, retentionDays: 7));
        long rows;
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync())
        {
            // As if they had come eight days ago.
            var days = (long)TimeSpan.FromDays(8).TotalMicroseconds;
            rows = await context.Messages.ExecuteUpdateAsync(set => set.SetProperty(static m => m.ExpiresAt, m => m.ExpiresAt - days));
        }

        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.GotoAsync("/retention");
        await page.GetByLabel("E-mail").FillAsync(ActivityLogApp.AdminEmail);
        await page.GetByLabel("Password").FillAsync(ActivityLogApp.AdminPassword);
        await page.Keyboard.PressAsync("Enter");
        var row = page.GetByRole(AriaRole.Row, new() { Name = "Laptops" });
        await Expect(row).ToBeVisibleAsync();

        await app.Services.GetRequiredService<RetentionSweeper>().RunAsync(CancellationToken.None);

        // It isn't loaded again.
        await Expect(row.GetByTitle($"{rows:N0} messages, 0 metric points")).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("All that was due");
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
    }
}
