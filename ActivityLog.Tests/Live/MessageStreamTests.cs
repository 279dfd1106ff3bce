using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Live;

/// <summary>What a script is told of messages that come in, over real HTTP.</summary>
public abstract class MessageStreamTests(StorageEngine engine) : IAsyncLifetime
{
    private readonly ShiftedClock _clock = new();
    private ActivityLogApp _app = null!;
    private Guid _systemId;

    public async Task InitializeAsync()
    {
        _app = await ActivityLogApp.StartAsync(
            engine,
            new Dictionary<string, string?> { ["ActivityLog:Live:HeartbeatSeconds"] = "1", ["ActivityLog:Live:MaxStreamsPerPerson"] = "2" },
            services => services.AddSingleton<TimeProvider>(_clock));
        _systemId = await _app.CreateSystemAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Stream_WhileARecordingComes_TellsEachMessageThatFitsOnce()
    {
        await AppendAsync("old");
        using var stream = await OpenAsync("type=ai.generation");

        await _app.PostRecordingAsync("json", RecordingOrder.Twice, await _app.CreateTokenAsync(_systemId));

        var count = Recording.Load("json").Totals.Usage.ApiRequests;
        var told = await stream.TakeAsync("message", count);
        told.Select(static one => one.Data.GetProperty("type").GetString()).Distinct().ShouldBe(["ai.generation"]);
        told.Select(static one => one.Data.GetProperty("id").GetString()).Distinct().Count().ShouldBe(count);
        told.ShouldAllBe(static one => one.Id == one.Data.GetProperty("id").GetString());
        await AppendAsync("new");
        (await stream.TakeAsync("message", 1))[0].Data.GetProperty("requestId").GetString().ShouldBe("new");
    }

    [Fact]
    public async Task Stream_MessageWithAnOlderTime_IsToldToo()
    {
        await AppendAsync("there");
        using var stream = await OpenAsync("");

        await AppendAsync("late", minute: -600);

        (await stream.TakeAsync("message", 1))[0].Data.GetProperty("requestId").GetString().ShouldBe("late");
    }

    [Fact]
    public async Task Stream_NothingComes_SaysThatItIsThere()
    {
        using var stream = await OpenAsync("");

        (await stream.TakeCommentAsync("still here")).ShouldBeTrue();
    }

    [Fact]
    public async Task Stream_TokenExpires_EndsAndSaysSo()
    {
        using var stream = await OpenAsync("");

        _clock.Shift(TimeSpan.FromHours(1));

        (await stream.TakeAsync("end", 1))[0].Data.GetProperty("detail").GetString()!.ShouldContain("access has ended");
        (await stream.IsOverAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Stream_AccountIsGone_EndsAndSaysSo()
    {
        var email = await CreateAdminAsync();
        using var client = await _app.LoginAsync(email);
        using var stream = await EventReader.OpenAsync(client, "/api/v1/messages/stream");

        await DeleteAsync(email);
        _clock.Shift(TimeSpan.FromMinutes(2));

        (await stream.TakeAsync("end", 1))[0].Data.GetProperty("detail").GetString()!.ShouldContain("account");
        (await stream.IsOverAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Stream_MoreThanAllowed_Is429UntilOneIsClosed()
    {
        using var client = await _app.LoginAsync();
        using var first = await EventReader.OpenAsync(client, "/api/v1/messages/stream");
        using var second = await EventReader.OpenAsync(client, "/api/v1/messages/stream");

        using var third = await client.GetAsync("/api/v1/messages/stream", HttpCompletionOption.ResponseHeadersRead);
        first.Dispose();

        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter.ShouldNotBeNull();
        await Soon.TrueAsync(async () =>
        {
            using var next = await client.GetAsync("/api/v1/messages/stream", HttpCompletionOption.ResponseHeadersRead);
            return next.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Stream_ParameterThatCannotBe_Is400AndNamesIt()
    {
        using var client = await _app.LoginAsync();

        using var response = await client.GetAsync("/api/v1/messages/stream?take=5");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("take");
    }

    private async Task<EventReader> OpenAsync(string query) =>
        await EventReader.OpenAsync(await _app.LoginAsync(), $"/api/v1/messages/stream?systemId={_systemId}&{query}");

    // As the queue does: stored, then told.
    private async Task AppendAsync(string requestId, int minute = 0)
    {
        var system = (await _app.Services.GetRequiredService<ISystemStore>().GetAsync(_systemId, CancellationToken.None))!;
        var now = _clock.GetUtcNow().UtcDateTime;
        var message = A.Generation(system, requestId, session: requestId, with: m => (m.OccurredAt, m.ReceivedAt) = (now.AddMinutes(minute), now));
        await _app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([A.Batch(message)], CancellationToken.None);
        _app.Services.GetRequiredService<ActivityLog.Core.Messages.MessageFeed>().Publish([system.Key], 1);
    }

    private async Task<string> CreateAdminAsync()
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = email, Email = email };
        (await users.CreateAsync(user, ActivityLogApp.AdminPassword)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, Roles.Admin)).Succeeded.ShouldBeTrue();
        return email;
    }

    private async Task DeleteAsync(string email)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        (await users.DeleteAsync((await users.FindByEmailAsync(email))!)).Succeeded.ShouldBeTrue();
    }

    /// <summary>The real time, and what a test adds to it.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        private long _ticks;

        public void Shift(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));
    }
}

public sealed class SqliteMessageStreamTests() : MessageStreamTests(StorageEngine.Sqlite);

public sealed class PostgresMessageStreamTests() : MessageStreamTests(StorageEngine.Postgres);
