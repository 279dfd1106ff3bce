using System.Diagnostics;
using Microsoft.Playwright;

namespace ActivityLog.Bench;

/// <summary>Opens the overview in Chromium, as a person does who is on another page.</summary>
internal static class OverviewInBrowser
{
    private const int Runs = 21;

    /// <summary>Times from the click to the last chart, in milliseconds, the first one first.</summary>
    /// <param name="server">The server.</param>
    /// <param name="range">The range, as the address has it.</param>
    public static async Task<IReadOnlyList<double>> RunAsync(ProductServer server, string range)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        var page = await browser.NewPageAsync(new() { BaseURL = server.Address.ToString(), ViewportSize = new() { Width = 1280, Height = 800 } });
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync("/systems");
        await page.GetByLabel("E-mail").FillAsync(ProductServer.Email);
        await page.GetByLabel("Password").FillAsync(ProductServer.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Systems" }).WaitForAsync();
        await page.GetByText("Company").First.WaitForAsync();
        var times = new List<double>();
        while (times.Count < Runs)
        {
            // A link as the pages have them, to the overview of the year that the crowd worked in.
            await page.EvaluateAsync(
                "address => { document.getElementById('to-overview')?.remove(); const link = document.createElement('a'); link.href = address; link.id = 'to-overview'; link.textContent = 'Overview'; document.querySelector('main').prepend(link); }",
                $"/?{range}");
            var watch = Stopwatch.StartNew();
            await page.Locator("#to-overview").ClickAsync();
            await page.Locator(".chart-card svg path:visible, .chart-card svg rect:visible").First.WaitForAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = "Dearest sessions" }).WaitForAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            await page.EvaluateAsync("() => document.getElementById('to-overview')?.remove()");
            await page.GetByRole(AriaRole.Link, new() { Name = "Systems" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = "Systems" }).WaitForAsync();
            await page.GetByText("Company").First.WaitForAsync();
        }

        return times;
    }
}
