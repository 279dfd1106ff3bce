using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Api;

public sealed class ErrorsTests(SqliteAppFixture fixture) : IClassFixture<SqliteAppFixture>
{
    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1/nothing-is-here")]
    [InlineData("/api/v2/systems")]
    [InlineData("/v1/nothing-is-here")]
    public async Task Get_UnknownApiPath_IsJsonAndNoPage(string path)
    {
        using var client = fixture.App.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html, */*");

        using var response = await client.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType!.ShouldEndWith("json");
    }

    [Theory]
    [InlineData("GET", "/api/v1/auth/login")]
    [InlineData("PUT", "/api/v1/systems")]
    [InlineData("POST", "/api/v1/messages/aggregate")]
    public async Task Send_WrongMethod_Is405AndNamesTheRightOnes(string method, string path)
    {
        using var client = fixture.App.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldNotBeEmpty();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("""{"name":"x","colour":"red"}""", "colour", "Allowed: name, description, plan")]
    [InlineData("""{"name":7}""", "name", "kind")]
    [InlineData("""{"name":"x","plan":"Gold"}""", "plan", "Free, Pro, Enterprise")]
    [InlineData("""{"plan":"Pro"}""", "name", "required")]
    public async Task Post_FieldThatCannotBe_Is400AndNamesIt(string body, string field, string hint)
    {
        using var admin = await fixture.App.LoginAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await admin.PostAsync("/api/v1/systems", content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").GetProperty(field)[0].GetString()!.ShouldContain(hint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Post_BodyThatIsNoSuchJson_Is400WithoutNamesOfTheProgram(string body)
    {
        using var admin = await fixture.App.LoginAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await admin.PostAsync("/api/v1/systems", content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("ActivityLog");
    }

    [Fact]
    public async Task Get_ParameterWhereThereIsNone_Is400AndNamesIt()
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.GetAsync("/api/v1/systems?sort=name");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("sort").GetArrayLength().ShouldBe(1);
    }
}
