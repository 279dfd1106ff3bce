using System.Net.Http.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>Somebody keeps what they look for in the messages under a name, and finds it again, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed class MessagePagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Model = "claude-sonnet-5-5";
    private const string Address = $"/messages?show=generations&userName=alice&model={Model}";

    [Theory]
    [InlineData(StorageEngine.Sqlite, 1280, ColorScheme.Light)]
    [InlineData(StorageEngine.Postgres, 400, ColorScheme.Dark)]
    public async Task View_OfMessages_OpensWithItsFiltersAndStandsWithTheMessagesAlone(StorageEngine engine, int width, ColorScheme scheme)
    {
        await using var app = await StartAsync(engine);
        await ShareAsync(app, "Our spend", "/?range=90d");
        var page = await browser.NewPageAsync(app.BaseAddress, width, colorScheme: scheme);
        await page.SignInAsync(Address);
        await Expect(Rows(page).First).ToBeVisibleAsync();
        await SaveAsync(page, "Alice's calls");

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Our spend" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Alice's calls")).ToHaveCountAsync(0);

        await page.GotoAsync("/messages?show=tools");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await Expect(page.GetByText("Our spend")).ToHaveCountAsync(0);
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Alice's calls" }).ClickAsync();

        await page.WaitForURLAsync($"**{Address}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Remove the filter model = {Model}" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter userName = alice" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Generations" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Tools" })).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(Rows(page).First).ToContainTextAsync(Model);
    }

    [Fact]
    public async Task View_SavedWhileAMessageIsOpen_IsOfTheFiltersAlone()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite);
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync(Address);
        await Rows(page).First.ClickAsync();
        await Expect(page.Locator(".panel")).ToBeVisibleAsync();

        await SaveAsync(page, "Alice's calls");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alice's calls" }).First.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Alice's calls" })).ToHaveAttributeAsync("href", Address);
    }

    [Fact]
    public async Task View_SharedByAnother_IsOpenedButNotChanged()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        await ShareAsync(app, "Refused tools", "/messages?show=tools&status=error");
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync("/messages", await CreateMemberAsync(app));

        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Refused tools" })).ToContainTextAsync("shared");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Refused tools" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Refused tools" }).ClickAsync();

        await page.WaitForURLAsync("**/messages?show=tools&status=error");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter status = error" })).ToBeVisibleAsync();
    }

    private static ILocator Rows(IPage page) => page.Locator("table.feed tbody button");

    private static async Task<ActivityLogApp> StartAsync(StorageEngine engine)
    {
        var app = await ActivityLogApp.StartAsync(engine);
        await app.PostRecordingAsync("json", RecordingOrder.Recorded, await app.CreateTokenAsync(await app.CreateSystemAsync("laptops")));
        await app.SettleAsync();
        return app;
    }

    private static async Task SaveAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = name }).First).ToBeVisibleAsync();
    }

    private static async Task ShareAsync(ActivityLogApp app, string name, string address)
    {
        using var admin = await app.LoginAsync();
        using var made = await admin.PostAsJsonAsync("/api/v1/views", new { name, address, isShared = true });
        made.EnsureSuccessStatusCode();
    }

    private static async Task<string> CreateMemberAsync(ActivityLogApp app)
    {
        const string Email = "member@example.com";
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = Email, Email = Email };
        (await users.CreateAsync(user, ActivityLogApp.AdminPassword)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, Roles.Member)).Succeeded.ShouldBeTrue();
        return Email;
    }
}
