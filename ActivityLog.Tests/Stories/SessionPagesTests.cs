using System.Text.RegularExpressions;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActivityLog.Tests.Stories;

/// <summary>A lead goes from the list of sessions to one of them, through its timeline and to whether its sums are right, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed partial class SessionPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Days = "from=2026-11-01&to=2026-11-30&tz=UTC";

    [Theory]
    [InlineData(StorageEngine.Sqlite, 1280, ColorScheme.Light)]
    [InlineData(StorageEngine.Postgres, 400, ColorScheme.Dark)]
    public async Task Sessions_OfARecording_LeadToTheTimelineOfOne(StorageEngine engine, int width, ColorScheme scheme)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        await app.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, await app.CreateTokenAsync(await app.CreateSystemAsync("laptops")));
        var page = await browser.NewPageAsync(app.BaseAddress, width, colorScheme: scheme);
        await page.SignInAsync("/");

        await page.GotoAsync($"/sessions?{Days}&user=nobody");
        await Expect(page.GetByText("Nothing matches these filters")).ToBeVisibleAsync();
        await page.GotoAsync($"/sessions?{Days}");
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Cost" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page).ToHaveURLAsync(SortedByCost());
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Cost" })).ToHaveAttributeAsync("aria-sort", "descending");
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();

        await page.Locator("table.sessions tbody a").First.ClickAsync();
        var grid = page.GetByRole(AriaRole.Treegrid, new() { Name = "Timeline" });
        await Expect(grid.GetByText("Fix the off-by-one error").First).ToBeVisibleAsync();
        await Expect(grid.GetByText("rejected").First).ToBeVisibleAsync();
        await Expect(grid.GetByText("waited for a person").First).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();

        // A prompt is closed and opened, by keys alone.
        var rows = grid.GetByRole(AriaRole.Row);
        var all = await rows.CountAsync();
        await grid.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(grid.Locator("[aria-expanded=false]")).ToHaveCountAsync(1);
        (await rows.CountAsync()).ShouldBeLessThan(all);
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(rows).ToHaveCountAsync(all);

        // What was said is there when its row is opened; Escape closes it.
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".panel").GetByText("Please remove the build folder").Last).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        // Where the panel covers the row that opened it, it has the focus until it is closed.
        var opener = grid.Locator("[aria-current=true] .link");
        await Expect(width < 1200 ? page.Locator("#panel-title") : opener).ToBeFocusedAsync();
        var row = await opener.GetAttributeAsync("id");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        await Expect(page.Locator($"[id='{row}']")).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Tools" }).ClickAsync();
        await Expect(grid.GetByText("claude-sonnet-5-5")).ToHaveCountAsync(0);

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Is it right?" }).ClickAsync();
        await Expect(page.GetByText("Events, spans and metrics agree")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
    }

    [Fact]
    public async Task Session_ThatOnlyMetricsTellOf_IsListedAndSaysWhatIsKnown()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var system = (await app.Services.GetRequiredService<ISystemStore>().GetAsync(await app.CreateSystemAsync("laptops"), CancellationToken.None))!;
        await app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, [], [A.Point(system), A.Point(system, minute: 30, value: 1)])], CancellationToken.None);
        var page = await browser.NewPageAsync(app.BaseAddress);

        await page.SignInAsync("/sessions?from=2026-05-01&to=2026-05-02");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "metrics" });
        await Expect(row).ToContainTextAsync("$1.25");
        await row.GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(page.GetByText("Only metrics tell of this session")).ToBeVisibleAsync();
        await Expect(page.GetByText("cost by metrics")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("$1.25");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("alice");
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Is it right?" }).ClickAsync();
        await Expect(page.GetByText("Only metrics tell of 1 session")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Session_OfFiveThousandRows_ScrollsAndGrowsWithoutLoadingAgain()
    {
        await using var app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite);
        var system = (await app.Services.GetRequiredService<ISystemStore>().GetAsync(await app.CreateSystemAsync("laptops"), CancellationToken.None))!;
        await AppendAsync(app, [.. Enumerable.Range(0, 50).SelectMany(prompt => Prompt(system, prompt, calls: 50))]);
        var page = await browser.NewPageAsync(app.BaseAddress);
        await page.SignInAsync("/");
        await page.GotoAsync($"/sessions/{A.Session}");

        var grid = page.GetByRole(AriaRole.Treegrid, new() { Name = "Timeline" });
        await Expect(grid).ToHaveAttributeAsync("aria-rowcount", "5051");
        // Only what is in sight is there.
        (await grid.GetByRole(AriaRole.Row).CountAsync()).ShouldBeLessThan(200);
        await Expect(grid.GetByText("Prompt 1", new() { Exact = false }).First).ToBeVisibleAsync();
        await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await Expect(grid.Locator("[aria-rowindex='5051']")).ToBeVisibleAsync();
        await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight / 2)");
        await Expect(grid.Locator("[aria-rowindex='2530']")).ToBeAttachedAsync();
        (await grid.GetByRole(AriaRole.Row).CountAsync()).ShouldBeLessThan(200);

        await AppendAsync(app, Prompt(system, 50, calls: 1));
        app.Services.GetRequiredService<MessageFeed>().Publish([system.Key], 3);

        await Expect(grid).ToHaveAttributeAsync("aria-rowcount", "5054");
        await page.ShouldBeAccessibleAsync();

        // A prompt far down that is looked for is in sight, and its time is that of the zone asked for.
        await page.GotoAsync($"/sessions/{A.Session}?prompt=prompt-40&tz=Asia%2FKolkata");
        var marked = grid.Locator("[aria-current=true]");
        await Expect(marked).ToContainTextAsync("18:10");
        await Expect(marked).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Path" }).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "/sessions?tz=Asia%2FKolkata");
    }

    // A prompt of calls, each with a tool; all of them within a minute.
    private static List<Message> Prompt(MonitoredSystem system, int number, int calls)
    {
        var id = $"prompt-{number}";
        List<Message> messages = [A.Message(system, number, with: m => (m.Type, m.Name, m.PromptId, m.Body) = (MessageType.Prompt, "user_prompt", id, $"Do {number}"))];
        for (var call = 0; call < calls; call++)
        {
            var time = A.Noon.AddMinutes(number).AddSeconds(1 + call);
            messages.Add(A.Generation(system, $"req-{number}-{call}", with: m => (m.PromptId, m.OccurredAt, m.StartedAt, m.DurationMs) = (id, time, time.AddMilliseconds(-500), 500)));
            messages.Add(A.Tool(system, $"tool-{number}-{call}", with: m => (m.PromptId, m.RequestId, m.OccurredAt) = (id, $"req-{number}-{call}", time.AddMilliseconds(40))));
        }

        return messages;
    }

    private static Task<TelemetryAppended> AppendAsync(ActivityLogApp app, IReadOnlyList<Message> messages) =>
        app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);

    [GeneratedRegex("sort=cost")]
    private static partial Regex SortedByCost();
}
