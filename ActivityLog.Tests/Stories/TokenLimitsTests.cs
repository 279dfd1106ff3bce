using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>An admin says how much may come with a token: when it is made, and later.</summary>
[Trait("Category", "Browser")]
public sealed class TokenLimitsTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Limits_OfANewTokenAndOfOneThatIsThere_AreKeptAndShown()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var system = await app.CreateSystemAsync("Laptops");
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync($"/systems/{system}");
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.GetByRole(AriaRole.Button, new() { Name = "New Token" }).First.ClickAsync();
        // The dialog takes the focus when it is drawn: what is typed before goes where it was.
        await Expect(dialog.GetByLabel("Name")).ToBeFocusedAsync();
        await dialog.GetByLabel("Name").FillAsync("laptops");
        await dialog.GetByText("Limits", new() { Exact = true }).ClickAsync();
        await dialog.GetByLabel("Records a second").FillAsync("-1");
        await dialog.GetByLabel("Megabytes a day (UTC)").FillAsync("1.5");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Generate" }).ClickAsync();
        await Expect(dialog.GetByText("This must be 0, for no limit, or more.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Records a second").FillAsync("200");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Generate" }).ClickAsync();

        var row = page.GetByRole(AriaRole.Row, new() { Name = "laptops" });
        await Expect(row).ToContainTextAsync("200/s, 1.4 MiB a day");

        await row.GetByRole(AriaRole.Button, new() { Name = "Limits of laptops" }).ClickAsync();
        await Expect(dialog.GetByLabel("Records a second")).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Megabytes a day (UTC)")).ToHaveValueAsync("1.5");
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByLabel("Records a second").FillAsync("");
        await dialog.GetByLabel("Megabytes a day (UTC)").FillAsync("1048.576");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(row).ToContainTextAsync("1000.0 MiB a day");
        var token = (await app.Services.GetRequiredService<ITokenStore>().ListAllAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (token.RecordsPerSecond, token.BytesPerDay).ShouldBe((null, 1_048_576_000));
    }
}
