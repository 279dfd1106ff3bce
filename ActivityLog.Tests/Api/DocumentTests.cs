using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Api;

public sealed class DocumentTests(SqliteAppFixture fixture) : IClassFixture<SqliteAppFixture>
{
    [Fact]
    public async Task OpenApi_EachOperation_HasASummaryAndSaysWhoMayCallIt()
    {
        using var client = fixture.App.CreateClient();

        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value)))
            .ToList();
        operations.Select(static operation => operation.Name).ShouldContain("get /api/v1/systems");
        operations.Where(static operation => !operation.Value.TryGetProperty("summary", out _)).Select(static operation => operation.Name).ShouldBeEmpty();
        operations.Where(static operation => !operation.Value.TryGetProperty("security", out _)).Select(static operation => operation.Name)
            .ShouldBe(["post /api/v1/auth/login", "post /api/v1/auth/refresh"], ignoreOrder: true);
    }

    [Fact]
    public async Task OpenApi_RowOfAReport_IsAnObjectByItsColumns()
    {
        using var client = fixture.App.CreateClient();

        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("ReportView").GetProperty("properties").GetProperty("rows").GetProperty("items").GetProperty("type").GetString().ShouldBe("object");
        schemas.GetProperty("ReportRowView").GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact]
    public async Task Scalar_Page_NamesNoOtherHost()
    {
        using var client = fixture.App.CreateClient();

        var page = await client.GetStringAsync("/scalar/");

        page.ShouldContain("openapi/v1.json");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("http://");
    }
}
