using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Systems;

public abstract class SystemEndpointsTests(AppFixture fixture)
{
    [Fact]
    public async Task Post_NameOnly_MakesAProSystemThatIsListed()
    {
        using var admin = await fixture.App.LoginAsync();
        var name = NewName();

        using var response = await admin.PostAsJsonAsync("/api/v1/systems", new { name });
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.EnumerateObject().Select(static property => property.Name).ShouldBe(["id", "name", "description", "plan", "createdAt", "isSample"]);
        made.GetProperty("plan").GetString().ShouldBe("Pro");
        made.GetProperty("createdAt").GetString()!.ShouldEndWith("Z");
        (await admin.GetFromJsonAsync<JsonElement>(response.Headers.Location)).GetProperty("name").GetString().ShouldBe(name);
        (await admin.GetFromJsonAsync<JsonElement>("/api/v1/systems")).EnumerateArray().Select(Id).ShouldContain(Id(made));
    }

    [Fact]
    public async Task Post_NameOfAnotherSystem_Is409()
    {
        using var admin = await fixture.App.LoginAsync();
        var name = NewName();
        using var first = await admin.PostAsJsonAsync("/api/v1/systems", new { name });

        using var second = await admin.PostAsJsonAsync("/api/v1/systems", new { name = name.ToUpperInvariant() });

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("a\0b", null, "name")]
    [InlineData("a\nb", null, "name")]
    [InlineData("fine", "a\0b", "description")]
    public async Task Post_ControlCharacters_NamesTheField(string name, string? description, string field)
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.PostAsJsonAsync("/api/v1/systems", new { name, description });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(field);
    }

    [Fact]
    public async Task Patch_OneField_LeavesTheOthers()
    {
        using var admin = await fixture.App.LoginAsync();
        var id = await fixture.App.CreateSystemAsync(plan: "Enterprise");
        using var described = await admin.PatchAsJsonAsync($"/api/v1/systems/{id}", new { description = "Laptops" });

        using var response = await admin.PatchAsJsonAsync($"/api/v1/systems/{id}", new { plan = "Free" });
        var changed = await response.Content.ReadFromJsonAsync<JsonElement>();

        changed.GetProperty("plan").GetString().ShouldBe("Free");
        changed.GetProperty("description").GetString().ShouldBe("Laptops");
    }

    [Fact]
    public async Task Patch_DescriptionOfNull_TakesItAway()
    {
        using var admin = await fixture.App.LoginAsync();
        var id = await fixture.App.CreateSystemAsync();
        using var described = await admin.PatchAsJsonAsync($"/api/v1/systems/{id}", new { description = "Laptops" });

        using var response = await admin.PatchAsJsonAsync($"/api/v1/systems/{id}", new { description = (string?)null });

        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("description").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Delete_System_IsAsIfItNeverWas()
    {
        using var admin = await fixture.App.LoginAsync();
        var id = await fixture.App.CreateSystemAsync();

        using var response = await admin.DeleteAsync($"/api/v1/systems/{id}");
        using var again = await admin.DeleteAsync($"/api/v1/systems/{id}");
        using var read = await admin.GetAsync($"/api/v1/systems/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(Roles.Lead)]
    [InlineData(Roles.Member)]
    public async Task Anything_PersonWithoutAGrant_SeesAndChangesNothing(string role)
    {
        var id = await fixture.App.CreateSystemAsync();
        using var person = await LoginAsAsync(role);

        var list = await person.GetFromJsonAsync<JsonElement>("/api/v1/systems");
        using var read = await person.GetAsync($"/api/v1/systems/{id}");
        using var tokens = await person.GetAsync($"/api/v1/systems/{id}/tokens");
        using var create = await person.PostAsJsonAsync("/api/v1/systems", new { name = NewName() });
        using var change = await person.PatchAsJsonAsync($"/api/v1/systems/{id}", new { name = NewName() });
        using var delete = await person.DeleteAsync($"/api/v1/systems/{id}");
        using var token = await person.PostAsJsonAsync($"/api/v1/systems/{id}/tokens", new { name = "x", retentionDays = 7 });

        list.GetArrayLength().ShouldBe(0);
        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        tokens.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        create.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        change.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        delete.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        token.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<HttpClient> LoginAsAsync(string role)
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        await using var scope = fixture.App.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = email, Email = email };
        (await users.CreateAsync(user, ActivityLogApp.AdminPassword)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, role)).Succeeded.ShouldBeTrue();
        return await fixture.App.LoginAsync(email);
    }

    private static string NewName() => $"System {Guid.NewGuid():n}";

    private static Guid Id(JsonElement system) => system.GetProperty("id").GetGuid();
}

public sealed class SqliteSystemEndpointsTests(SqliteAppFixture fixture) : SystemEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresSystemEndpointsTests(PostgresAppFixture fixture) : SystemEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
