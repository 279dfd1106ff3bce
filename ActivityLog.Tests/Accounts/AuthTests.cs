using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Accounts;

public abstract class AuthTests(AppFixture fixture)
{
    private const string Password = "a long enough sentence";

    [Fact]
    public async Task Login_RightPassword_AnswersATokenThatReads()
    {
        using var client = fixture.App.CreateClient();
        var email = await CreateAccountAsync();

        var answer = await LoginAsync(client, email);

        answer.GetProperty("tokenType").GetString().ShouldBe("Bearer");
        answer.GetProperty("expiresIn").GetInt32().ShouldBe(3600);
        (await ReadSystemsAsync(client, answer)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("nobody@example.com", Password)]
    [InlineData("no\0body@example.com", Password)]
    [InlineData(ActivityLogApp.AdminEmail, "not the password")]
    public async Task Login_WrongEmailOrPassword_TellsNotWhich(string email, string password)
    {
        using var client = fixture.App.CreateClient();

        using var response = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password });

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("title").GetString().ShouldBe("E-mail or password is wrong.");
    }

    [Fact]
    public async Task Login_FiveWrongPasswords_LockTheAccount()
    {
        using var client = fixture.App.CreateClient();
        var email = await CreateAccountAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "not the password" });
        }

        using var response = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = Password });

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Refresh_TokenOfALogin_AnswersTheNextOne()
    {
        using var client = fixture.App.CreateClient();
        var login = await LoginAsync(client, await CreateAccountAsync());

        using var response = await RefreshAsync(client, login);
        var next = await response.Content.ReadFromJsonAsync<JsonElement>();
        using var again = await RefreshAsync(client, next);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadSystemsAsync(client, next)).ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_TokenUsedTwice_EndsItsFamilyAndNoOther()
    {
        using var client = fixture.App.CreateClient();
        var email = await CreateAccountAsync();
        var login = await LoginAsync(client, email);
        var other = await LoginAsync(client, email);
        using var first = await RefreshAsync(client, login);
        var next = await first.Content.ReadFromJsonAsync<JsonElement>();

        using var second = await RefreshAsync(client, login);
        using var child = await RefreshAsync(client, next);
        using var unrelated = await RefreshAsync(client, other);

        second.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        child.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unrelated.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_SameTokenFromManyAtOnce_OneAtMostSucceeds()
    {
        using var client = fixture.App.CreateClient();
        var login = await LoginAsync(client, await CreateAccountAsync());

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(client, login)));

        responses.Count(static response => response.IsSuccessStatusCode).ShouldBeLessThanOrEqualTo(1);
        responses.Where(static response => !response.IsSuccessStatusCode).ShouldAllBe(static response => response.StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Refresh_AfterAChangedPassword_IsRefused()
    {
        using var client = fixture.App.CreateClient();
        var email = await CreateAccountAsync();
        var login = await LoginAsync(client, email);
        await WithUsersAsync(async users =>
        {
            var user = await users.FindByEmailAsync(email);
            return await users.ChangePasswordAsync(user!, Password, Password + " changed");
        });

        using var response = await RefreshAsync(client, login);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Refresh_WhileLockedOut_IsRefusedAndWorksAgainAfterwards()
    {
        using var client = fixture.App.CreateClient();
        var email = await CreateAccountAsync();
        var login = await LoginAsync(client, email);
        await WithUsersAsync(async users => await users.SetLockoutEndDateAsync((await users.FindByEmailAsync(email))!, DateTimeOffset.MaxValue));
        using var locked = await RefreshAsync(client, login);
        await WithUsersAsync(async users => await users.SetLockoutEndDateAsync((await users.FindByEmailAsync(email))!, null));

        using var unlocked = await RefreshAsync(client, login);

        locked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unlocked.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer al_0000000000000000000000000000000000000000", "ingest token")]
    [InlineData("Bearer%20al_0000000000000000000000000000000000000000", "ingest token")]
    [InlineData("Bearer nonsense", "isn't valid")]
    [InlineData("Basic YTpi", "isn't a bearer token")]
    [InlineData(null, "Nobody is signed in")]
    public async Task Read_WithoutAnAccessToken_Is401AndSaysWhatToDo(string? authorization, string hint)
    {
        using var client = fixture.App.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/systems");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!.ShouldContain(hint);
    }

    [Fact]
    public async Task Read_TokenSignedWithAnotherKey_Is401()
    {
        using var client = fixture.App.CreateClient();
        var parts = (await LoginAsync(client, await CreateAccountAsync())).GetProperty("accessToken").GetString()!.Split('.');
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}");

        using var response = await client.GetAsync("/api/v1/systems");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<string> CreateAccountAsync()
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        await WithUsersAsync(users => users.CreateAsync(new AppUser { UserName = email, Email = email }, Password));
        return email;
    }

    private async Task WithUsersAsync(Func<UserManager<AppUser>, Task<IdentityResult>> change)
    {
        await using var scope = fixture.App.Services.CreateAsyncScope();
        (await change(scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>())).Succeeded.ShouldBeTrue();
    }

    private static async Task<JsonElement> LoginAsync(HttpClient client, string email)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = Password });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient client, JsonElement answer) =>
        client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = answer.GetProperty("refreshToken").GetString() });

    private static async Task<HttpStatusCode> ReadSystemsAsync(HttpClient client, JsonElement answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/systems");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("accessToken").GetString());
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}

public sealed class SqliteAuthTests(SqliteAppFixture fixture) : AuthTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresAuthTests(PostgresAppFixture fixture) : AuthTests(fixture), IClassFixture<PostgresAppFixture>;
