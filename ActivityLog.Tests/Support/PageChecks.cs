using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ActivityLog.Tests.Support;

/// <summary>What holds for each page, asked of the page as it is drawn.</summary>
internal static class PageChecks
{
    /// <summary>Signs in, as the admin unless told, and opens a page.</summary>
    public static async Task SignInAsync(this IPage page, string path, string email = ActivityLogApp.AdminEmail)
    {
        await page.GotoAsync($"/login?returnUrl={Uri.EscapeDataString(path)}");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(ActivityLogApp.AdminPassword);
        await page.GetByLabel("Password").PressAsync("Enter");
        await page.WaitForURLAsync($"**{path}");
    }

    /// <summary>Nothing that keeps people from using it: axe finds nothing serious or critical.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        var found = (await page.RunAxe()).Violations.Where(static violation => violation.Impact is "serious" or "critical");
        found.Select(static violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(static node => node.Target))}").ShouldBeEmpty(page.Url);
    }

    /// <summary>It is no wider than the window.</summary>
    public static async Task ShouldFitAsync(this IPage page) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, page.Url);
}
