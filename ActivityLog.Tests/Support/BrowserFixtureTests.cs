namespace ActivityLog.Tests.Support;

[Trait("Category", "Browser")]
public sealed class BrowserFixtureTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task NewPageAsync_OwnContent_IsRendered()
    {
        var page = await browser.NewPageAsync(new Uri("http://127.0.0.1/"));

        await page.SetContentAsync("<h1>Hello</h1>");

        (await page.GetByRole(Microsoft.Playwright.AriaRole.Heading).TextContentAsync()).ShouldBe("Hello");
    }
}
