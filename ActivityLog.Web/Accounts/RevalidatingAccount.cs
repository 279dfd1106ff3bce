using System.Security.Claims;
using ActivityLog.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Accounts;

/// <summary>Asks, as long as a page is open, whether its person may still be there: a circuit lives for hours, a changed password or role ends it.</summary>
internal sealed class RevalidatingAccount(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<RevalidatingAccount>();

    protected override TimeSpan RevalidationInterval => AccountsSetup.RevalidationInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await IsStillAsync(authenticationState.User);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A database that doesn't answer says nothing about the person; the next time asks again.
            _logger.LogWarning(exception, "Whether a person may still be there couldn't be read; their pages stay open until it can.");
            return true;
        }
    }

    private async Task<bool> IsStillAsync(ClaimsPrincipal person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var claims = options.Value.ClaimsIdentity;
        return await users.GetUserAsync(person) is { } user
            && person.FindFirstValue(claims.SecurityStampClaimType) == await users.GetSecurityStampAsync(user)
            && person.FindAll(claims.RoleClaimType).Select(static claim => claim.Value).ToHashSet(StringComparer.Ordinal).SetEquals(await users.GetRolesAsync(user));
    }
}
