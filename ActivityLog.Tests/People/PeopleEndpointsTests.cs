using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.People;

public abstract class PeopleEndpointsTests(AppFixture fixture)
{
    [Fact]
    public async Task Put_Alias_IsListed()
    {
        using var admin = await fixture.App.LoginAsync();
        var system = (await fixture.App.Services.GetRequiredService<ISystemStore>().GetAsync(await fixture.App.CreateSystemAsync(), CancellationToken.None))!;
        await fixture.App.Services.GetRequiredService<ITelemetryStore>().AppendAsync(
            [
                A.Batch(
                    A.Message(system, with: static message => message.UserName = "zoe@one.example"),
                    A.Message(system, with: static message => message.UserName = "zoe@two.example")),
            ],
            CancellationToken.None);

        var before = await admin.GetFromJsonAsync<JsonElement>("/api/v1/people?q=ZOE&suggested=true");
        using var set = await admin.PutAsJsonAsync("/api/v1/people/alias", new { name = "zoe@two.example", aliasOf = "zoe@one.example" });
        var after = await admin.GetFromJsonAsync<JsonElement>("/api/v1/people?q=zoe&take=1");

        before.GetProperty("items")[0].ToString().ShouldBe(
            """{"name":"zoe@two.example","aliasOf":null,"aliases":[],"suggested":"zoe@one.example","reason":"sameLocalPart"}""");
        set.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        after.GetProperty("items")[0].GetProperty("aliases")[0].GetString().ShouldBe("zoe@two.example");
        after.GetProperty("nextCursor").GetString().ShouldBe("zoe@one.example");
    }

    [Theory]
    [InlineData("nobody", "zoe", "name")]
    [InlineData("", null, "name")]
    public async Task Put_NameThatNobodyHas_NamesTheField(string name, string? aliasOf, string field)
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.PutAsJsonAsync("/api/v1/people/alias", new { name, aliasOf });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(field);
    }

    [Theory]
    [InlineData("take=0", "take")]
    [InlineData("suggested=yes", "suggested")]
    [InlineData("name=zoe", "name")]
    public async Task Get_WhatCantBe_IsNamed(string query, string parameter)
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.GetAsync($"/api/v1/people?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(parameter);
    }
}

public sealed class SqlitePeopleEndpointsTests(SqliteAppFixture fixture) : PeopleEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresPeopleEndpointsTests(PostgresAppFixture fixture) : PeopleEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
