using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Accounts;

/// <summary>Setting up, signing in and out, as a browser does it.</summary>
public sealed partial class PagesAccessTests : IAsyncLifetime
{
    private const string Password = "a long enough sentence";

    private static readonly Dictionary<string, string?> s_withoutAdmin = new()
    {
        ["ActivityLog:Admin:Email"] = null,
        ["ActivityLog:Admin:Password"] = null,
    };

    private ActivityLogApp? _app;
    private HttpClient? _browser;

    [Fact]
    public async Task Setup_FirstStart_MakesTheAdminAndSignsIn()
    {
        await OpenAsync(s_withoutAdmin);

        (await GetAsync("/")).Headers.Location!.OriginalString.ShouldEndWith("/setup");
        var made = await PostAsync("/setup", ("code", Code), ("email", "lea@example.com"), ("password", Password));

        made.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/setup")).Headers.Location!.OriginalString.ShouldEndWith("/login");
        (await _app!.LoginAsync("lea@example.com", Password)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("AAAA-AAAA", "lea@example.com", Password, "setup code")]
    [InlineData(null, "lea", Password, "e-mail address")]
    [InlineData(null, "lea@example.com", "too short", "12 characters")]
    public async Task Setup_SomethingWrong_MakesNobodyAndSaysWhat(string? code, string email, string password, string hint)
    {
        await OpenAsync(s_withoutAdmin);

        var response = await PostAsync("/setup", ("code", code ?? Code), ("email", email), ("password", password));

        (await response.Content.ReadAsStringAsync()).ShouldContain(hint);
        (await _app!.Services.GetRequiredService<FirstAdmin>().ExistsAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Setup_ManyWrongCodes_TheCodeIsAnotherOne()
    {
        await OpenAsync(s_withoutAdmin);
        var first = Code;

        for (var i = 0; i < 10; i++)
        {
            await PostAsync("/setup", ("code", "AAAA-AAAA"), ("email", "lea@example.com"), ("password", Password));
        }

        Code.ShouldNotBe(first);
    }

    [Fact]
    public async Task Login_RightPassword_GoesWhereOneWantedTo()
    {
        await OpenAsync();

        var asked = await GetAsync("/messages?type=ai.generation");
        var signedIn = await PostAsync(asked.Headers.Location!.OriginalString, ("email", ActivityLogApp.AdminEmail), ("password", ActivityLogApp.AdminPassword));

        signedIn.Headers.Location!.OriginalString.ShouldEndWith("/messages?type=ai.generation");
        (await GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("//example.com")]
    [InlineData("/\\example.com")]
    public async Task Login_ReturnAddressOfAnotherSite_StaysHere(string returnUrl)
    {
        await OpenAsync();

        var response = await PostAsync(
            $"/login?returnUrl={Uri.EscapeDataString(returnUrl)}", ("email", ActivityLogApp.AdminEmail), ("password", ActivityLogApp.AdminPassword));

        new Uri(_app!.BaseAddress, response.Headers.Location!).ShouldBe(_app.BaseAddress);
    }

    [Fact]
    public async Task Login_WrongPassword_SaysSoAndSignsNobodyIn()
    {
        await OpenAsync();

        var response = await PostAsync("/login", ("email", ActivityLogApp.AdminEmail), ("password", "not the password"));

        (await response.Content.ReadAsStringAsync()).ShouldContain("E-mail or password is wrong.");
        (await GetAsync("/")).Headers.Location!.OriginalString.ShouldContain("/login");
    }

    [Fact]
    public async Task Login_ManyWrongPasswordsFromOneAddress_HasToWait()
    {
        await OpenAsync();
        using var client = _app!.CreateClient();
        for (var i = 0; i < 20; i++)
        {
            using var wrong = await client.PostAsJsonAsync("/api/v1/auth/login", new { email = $"nobody{i}@example.com", password = Password });
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var response = await client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = ActivityLogApp.AdminEmail, password = ActivityLogApp.AdminPassword });

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Refresh_ManyUnknownTokensFromOneAddress_HasToWait()
    {
        await OpenAsync();
        using var client = _app!.CreateClient();
        for (var i = 0; i < 20; i++)
        {
            using var wrong = await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = $"guess {i}" });
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var response = await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = "guess" });

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Logout_FormOfThisSite_SignsOut()
    {
        await OpenAsync();
        await SignInAsync();

        var response = await PostAsync("/logout", from: "/");

        response.Headers.Location!.OriginalString.ShouldBe("/login");
        (await GetAsync("/")).Headers.Location!.OriginalString.ShouldContain("/login");
    }

    [Fact]
    public async Task Logout_WithoutTheFormsToken_ChangesNothing()
    {
        await OpenAsync();
        await SignInAsync();

        using var response = await _browser!.PostAsync("/logout", new FormUrlEncodedContent([]));

        (await GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Api_CookieOfThePages_ReadsAndChangesNothing()
    {
        await OpenAsync();
        await SignInAsync();

        using var read = await GetAsync("/api/v1/systems");
        using var change = await _browser!.PostAsJsonAsync("/api/v1/systems", new { name = "x" });

        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        change.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Login_FormThatWasOpenForTooLong_ComesAgain()
    {
        await OpenAsync();
        using var content = new FormUrlEncodedContent([new("_handler", "login"), new("email", ActivityLogApp.AdminEmail), new("password", ActivityLogApp.AdminPassword)]);

        using var response = await _browser!.PostAsync("/login?returnUrl=%2Fmessages", content);

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.ShouldBe("/login?returnUrl=%2Fmessages");
    }

    [Fact]
    public async Task Get_UnknownAddress_SignsInFirstThenIsAPageWith404()
    {
        await OpenAsync();

        var signedOut = await GetAsync("/nothing-is-here");
        await SignInAsync();
        var signedIn = await GetAsync("/nothing-is-here");

        signedOut.Headers.Location!.OriginalString.ShouldEndWith("/login?returnUrl=%2Fnothing-is-here");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await signedIn.Content.ReadAsStringAsync()).ShouldContain("There is no such page");
    }

    [Fact]
    public async Task Restart_SameData_KeepsPeopleSignedIn()
    {
        await OpenAsync();
        await SignInAsync();
        using var script = await _app!.LoginAsync();

        await _app.RestartAsync();

        using var page = await _browser!.GetAsync(_app.BaseAddress);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var read = await script.GetAsync(new Uri(_app.BaseAddress, "/api/v1/systems"));
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _browser?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private string Code => _app!.Services.GetRequiredService<SetupCode>().Text;

    [Theory]
    [InlineData("/ingest")]
    [InlineData("/senders")]
    public async Task AdminPage_OpenedByALead_IsNotThere(string path)
    {
        await OpenAsync();
        using (var scope = _app!.Services.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var lead = new AppUser { UserName = "lead@example.com", Email = "lead@example.com" };
            (await users.CreateAsync(lead, Password)).Succeeded.ShouldBeTrue();
            (await users.AddToRoleAsync(lead, Roles.Lead)).Succeeded.ShouldBeTrue();
        }

        await PostAsync("/login", ("email", "lead@example.com"), ("password", Password));

        (await GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await GetAsync("/")).Content.ReadAsStringAsync()).ShouldNotContain($"href=\"{path}\"");
    }

    private async Task OpenAsync(Dictionary<string, string?>? settings = null)
    {
        _app = await ActivityLogApp.StartAsync(StorageEngine.Sqlite, settings);
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _app.BaseAddress };
        _browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    private Task<HttpResponseMessage> SignInAsync() =>
        PostAsync("/login", ("email", ActivityLogApp.AdminEmail), ("password", ActivityLogApp.AdminPassword));

    private Task<HttpResponseMessage> GetAsync(string path) => _browser!.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, path, fields);

    // Like a browser: reads the page, then sends its form's hidden fields with what was typed.
    private async Task<HttpResponseMessage> PostAsync(string path, string from, params (string Name, string Value)[] fields)
    {
        var page = await (await GetAsync(from)).Content.ReadAsStringAsync();
        var form = HiddenField().Matches(page).DistinctBy(static match => match.Groups[1].Value)
            .Select(static match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Concat(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        using var content = new FormUrlEncodedContent(form);
        return await _browser!.PostAsync(path, content);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
