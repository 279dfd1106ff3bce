using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Views;

public abstract class ViewEndpointsTests(AppFixture fixture)
{
    [Fact]
    public async Task Views_SavedChangedAndDeleted_AreAsTheyWereSent()
    {
        using var admin = await fixture.App.LoginAsync();
        using var made = await admin.PostAsJsonAsync("/api/v1/views", new { name = "Ours ", address = "/reports/cost-by-day?range=90d", isShared = true });
        var view = await made.Content.ReadFromJsonAsync<JsonElement>();

        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        view.EnumerateObject().Select(static property => property.Name).ShouldBe(["id", "name", "address", "isShared", "isMine", "createdAt"]);
        (view.GetProperty("name").GetString(), view.GetProperty("isMine").GetBoolean()).ShouldBe(("Ours", true));

        using var again = await admin.PostAsJsonAsync("/api/v1/views", new { name = "ours", address = "/" });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        using var changed = await admin.PutAsJsonAsync(made.Headers.Location, new { name = "Mine", address = "/" });
        (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("isShared").GetBoolean().ShouldBeFalse();

        using var deleted = await admin.DeleteAsync(made.Headers.Location);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await admin.GetAsync(made.Headers.Location);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "/", "name")]
    [InlineData("a\0b", "/", "name")]
    [InlineData("fine", "https://evil.example/", "address")]
    [InlineData("fine", null, "address")]
    public async Task Post_WhatCantBe_NamesTheField(string name, string? address, string field)
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.PostAsJsonAsync("/api/v1/views", new { name, address });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(field);
    }
}

public sealed class SqliteViewEndpointsTests(SqliteAppFixture fixture) : ViewEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresViewEndpointsTests(PostgresAppFixture fixture) : ViewEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
