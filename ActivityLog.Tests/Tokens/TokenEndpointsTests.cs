using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Tokens;

public abstract class TokenEndpointsTests(AppFixture fixture)
{
    [Fact]
    public async Task Post_NewToken_ShowsItsSecretThisOnce()
    {
        using var admin = await fixture.App.LoginAsync();
        var path = await NewTokensPathAsync();

        using var response = await admin.PostAsJsonAsync(path, new { name = "Laptops", retentionDays = 1825 });
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        var listed = (await admin.GetFromJsonAsync<JsonElement>(path))[0];

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.GetProperty("token").GetString()!.ShouldStartWith("al_");
        made.GetProperty("token").GetString()!.ShouldStartWith(made.GetProperty("prefix").GetString()!);
        made.GetProperty("createdBy").GetString().ShouldBe(ActivityLogApp.AdminEmail);
        listed.GetProperty("id").GetGuid().ShouldBe(made.GetProperty("id").GetGuid());
        listed.TryGetProperty("token", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    public async Task Post_RetentionThatIsOffered_IsTaken(int retentionDays)
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.PostAsJsonAsync(await NewTokensPathAsync(), new { name = "x", retentionDays });

        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("retentionDays").GetInt32().ShouldBe(retentionDays);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "retentionDays")]
    [InlineData("""{"name":"x","retentionDays":8}""", "retentionDays")]
    [InlineData("""{"name":" ","retentionDays":7}""", "name")]
    [InlineData("""{"name":"x","retentionDays":7,"recordsPerSecond":-1}""", "recordsPerSecond")]
    [InlineData("""{"name":"x","retentionDays":7,"bytesPerDay":-1}""", "bytesPerDay")]
    [InlineData("""{"name":"x","retentionDays":7,"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    public async Task Post_FieldThatCannotBe_Is400AndNamesIt(string body, string field)
    {
        using var admin = await fixture.App.LoginAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await admin.PostAsync(await NewTokensPathAsync(), content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Post_ExpiryWithAnOffset_IsKeptInUtc()
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.PostAsJsonAsync(
            await NewTokensPathAsync(), new { name = "x", retentionDays = 7, expiresAt = "2999-01-01T02:00:00+02:00" });

        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("expiresAt").GetString().ShouldBe("2999-01-01T00:00:00Z");
    }

    [Fact]
    public async Task Post_WithLimits_HoldsItToThem()
    {
        using var admin = await fixture.App.LoginAsync();
        var path = await NewTokensPathAsync();

        var request = Recording.Load("protobuf").Requests[0];
        long bytesPerDay = request.Content.Length * 2;

        using var response = await admin.PostAsJsonAsync(path, new { name = "x", retentionDays = 7, recordsPerSecond = 1000, bytesPerDay });

        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        (made.GetProperty("recordsPerSecond").GetInt32(), made.GetProperty("bytesPerDay").GetInt64()).ShouldBe((1000, bytesPerDay));
        var answers = new List<int>();
        using var sender = fixture.App.CreateClient();
        for (var i = 0; i < 3; i++)
        {
            using var message = request.ToHttp(made.GetProperty("token").GetString()!);
            using var answer = await sender.SendAsync(message);
            answers.Add((int)answer.StatusCode);
        }

        answers.ShouldBe([200, 200, 429]);
    }

    [Fact]
    public async Task Patch_Limits_HoldFromNowOnAndWhatIsLeftOutStays()
    {
        using var admin = await fixture.App.LoginAsync();
        var path = await NewTokensPathAsync();
        using var response = await admin.PostAsJsonAsync(path, new { name = "x", retentionDays = 7, recordsPerSecond = 100_000 });
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        var token = $"{path}/{made.GetProperty("id").GetGuid()}";
        var secret = made.GetProperty("token").GetString()!;
        var request = Recording.Load("protobuf").Requests[0];
        using var sender = fixture.App.CreateClient();
        using var before = request.ToHttp(secret);
        using var taken = await sender.SendAsync(before);

        using var limited = await admin.PatchAsJsonAsync(token, new { bytesPerDay = 1 });
        using var after = request.ToHttp(secret);
        using var refused = await sender.SendAsync(after);
        using var freed = await admin.PatchAsJsonAsync(token, new { recordsPerSecond = 0, bytesPerDay = (long?)null });
        using var again = request.ToHttp(secret);
        using var takenAgain = await sender.SendAsync(again);

        var changed = await limited.Content.ReadFromJsonAsync<JsonElement>();
        (changed.GetProperty("recordsPerSecond").GetInt32(), changed.GetProperty("bytesPerDay").GetInt64()).ShouldBe((100_000, 1));
        var last = await freed.Content.ReadFromJsonAsync<JsonElement>();
        (last.GetProperty("recordsPerSecond").GetInt32(), last.GetProperty("bytesPerDay").ValueKind).ShouldBe((0, JsonValueKind.Null));
        // A request larger than its token's whole day is refused for good.
        (taken.StatusCode, refused.StatusCode, takenAgain.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("""{"recordsPerSecond":-1}""")]
    [InlineData("""{"bytesPerDay":-1}""")]
    public async Task Patch_LimitBelowZero_Is400(string body)
    {
        using var admin = await fixture.App.LoginAsync();
        var path = await NewTokensPathAsync();
        using var response = await admin.PostAsJsonAsync(path, new { name = "x", retentionDays = 7 });
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var patched = await admin.PatchAsync($"{path}/{id}", content);

        patched.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Patch_TokenOfAnotherSystem_Is404()
    {
        using var admin = await fixture.App.LoginAsync();
        using var response = await admin.PostAsJsonAsync(await NewTokensPathAsync(), new { name = "x", retentionDays = 7 });
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        using var patched = await admin.PatchAsJsonAsync($"{await NewTokensPathAsync()}/{id}", new { recordsPerSecond = 1 });

        patched.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_Token_RevokesItAtOnceAndKeepsItInTheList()
    {
        using var admin = await fixture.App.LoginAsync();
        var path = await NewTokensPathAsync();
        using var response = await admin.PostAsJsonAsync(path, new { name = "x", retentionDays = 7 });
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        var secret = made.GetProperty("token").GetString()!;
        var tokens = fixture.App.Services.GetRequiredService<ITokenStore>();
        var before = await tokens.CheckAsync(secret, CancellationToken.None);

        using var revoked = await admin.DeleteAsync($"{path}/{made.GetProperty("id").GetGuid()}");

        before.Sender.ShouldNotBeNull();
        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await tokens.CheckAsync(secret, CancellationToken.None)).Sender.ShouldBeNull();
        (await admin.GetFromJsonAsync<JsonElement>(path))[0].GetProperty("revokedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task Delete_TokenOfAnotherSystem_Is404()
    {
        using var admin = await fixture.App.LoginAsync();
        using var response = await admin.PostAsJsonAsync(await NewTokensPathAsync(), new { name = "x", retentionDays = 7 });
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        using var deleted = await admin.DeleteAsync($"{await NewTokensPathAsync()}/{id}");

        deleted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> NewTokensPathAsync() => $"/api/v1/systems/{await fixture.App.CreateSystemAsync()}/tokens";
}

public sealed class SqliteTokenEndpointsTests(SqliteAppFixture fixture) : TokenEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresTokenEndpointsTests(PostgresAppFixture fixture) : TokenEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
