using ActivityLog.Core.Accounts;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Accounts;

public sealed class ConfiguredAdminTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Start_Twice_MakesTheAdminOnce(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);

        await app.RestartAsync();

        await using var scope = app.Services.CreateAsyncScope();
        var admins = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().GetUsersInRoleAsync(Roles.Admin);
        admins.ShouldHaveSingleItem().Email.ShouldBe(ActivityLogApp.AdminEmail);
    }

    [Theory]
    [InlineData("lea@example.com", "too short", nameof(AdminOptions.Password))]
    [InlineData("lea@example.com", "", nameof(AdminOptions.Password))]
    [InlineData("lea", "a long enough sentence", nameof(AdminOptions.Email))]
    [InlineData("", "a long enough sentence", nameof(AdminOptions.Email))]
    public void Validate_AdminThatCannotBe_NamesTheOption(string email, string password, string option)
    {
        var options = new AdminOptions { Email = email, Password = password };

        var failures = options.Validate(new(options)).ToList();

        failures.ShouldHaveSingleItem().ErrorMessage!.ShouldStartWith($"ActivityLog:Admin:{option}: ");
    }
}
