using ActivityLog.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Accounts;

/// <summary>Whether there is an admin, and how the first one is made: from the configuration at start, or on the setup page.</summary>
internal sealed class FirstAdmin(IServiceScopeFactory scopes, IOptions<AdminOptions> options, ILogger<FirstAdmin> logger) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);
    private volatile bool _exists;

    /// <summary>Makes the roles and the configured admin where they are missing. Safe when several nodes start at once.</summary>
    public async Task PrepareAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                await roles.CreateAsync(new IdentityRole<Guid>(role));
            }
        }

        if (options.Value.IsSet)
        {
            await EnsureConfiguredAsync(scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>(), options.Value.Email!.Trim(), options.Value.Password!);
        }
    }

    /// <summary>Whether there is an admin.</summary>
    public async ValueTask<bool> ExistsAsync()
    {
        if (_exists)
        {
            return true;
        }

        await using var scope = scopes.CreateAsyncScope();
        var admins = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().GetUsersInRoleAsync(Roles.Admin);
        return _exists = admins.Count > 0;
    }

    /// <summary>Makes the first admin; null when there is one meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The account couldn't be made: the caller checks e-mail address and password before.</exception>
    public async Task<AppUser?> MakeAsync(UserManager<AppUser> users, string email, string password)
    {
        await _lock.WaitAsync();
        try
        {
            if (await ExistsAsync())
            {
                return null;
            }

            var admin = await CreateAsync(users, email, password);
            _exists = true;
            return admin;
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task EnsureConfiguredAsync(UserManager<AppUser> users, string email, string password)
    {
        if (await users.FindByEmailAsync(email) is not { } known)
        {
            await CreateAsync(users, email, password);
        }
        else if (!await users.IsInRoleAsync(known, Roles.Admin))
        {
            Check(await users.AddToRoleAsync(known, Roles.Admin));
            logger.LogInformation("The account {Email} of the configuration is an admin now.", email);
        }
    }

    private async Task<AppUser> CreateAsync(UserManager<AppUser> users, string email, string password)
    {
        var admin = new AppUser { UserName = email, Email = email, LockoutEnabled = true };
        Check(await users.CreateAsync(admin, password));
        Check(await users.AddToRoleAsync(admin, Roles.Admin));
        logger.LogInformation("Made the admin {Email}.", email);
        return admin;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(static error => error.Description)));
        }
    }
}
