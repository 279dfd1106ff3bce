using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ActivityLog.Web.Accounts;

/// <summary>Asks, as long as a page is open, whether its person may still be there: a circuit lives for hours, a changed password or role ends it.</summary>
internal sealed class RevalidatingAccount(ILoggerFactory loggers, AccountCheck accounts) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<RevalidatingAccount>();

    protected override TimeSpan RevalidationInterval => AccountsSetup.RevalidationInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await accounts.IsStillAsync(authenticationState.User);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A database that doesn't answer says nothing about the person; the next time asks again.
            _logger.LogWarning(exception, "Whether a person may still be there couldn't be read; their pages stay open until it can.");
            return true;
        }
    }
}
