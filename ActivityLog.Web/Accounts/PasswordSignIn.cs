using System.Net;
using ActivityLog.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace ActivityLog.Web.Accounts;

/// <summary>Checks e-mail and password, for the page and for the API alike: lock-out by account, a limit by address, no hint at which accounts exist.</summary>
internal sealed class PasswordSignIn(SignInManager<AppUser> signIn, UserManager<AppUser> users, SignInLimit limit, ILogger<PasswordSignIn> logger)
{
    /// <summary>What is told of <see cref="SignInOutcome.Refused"/>.</summary>
    public const string RefusedText = "E-mail or password is wrong.";

    /// <summary>What else is told of it.</summary>
    public const string RefusedHint = "After 5 wrong tries an account is locked for 5 minutes.";

    /// <summary>What is told of <see cref="SignInOutcome.TooManyTries"/>.</summary>
    public const string TooManyTriesText = "Too many wrong tries from this address. Wait a minute, then try again.";

    // What an unknown or locked account's password is checked against, so that it takes as long as any other.
    private static readonly string s_nobodysHash = new PasswordHasher<AppUser>().HashPassword(new AppUser(), Guid.NewGuid().ToString());

    /// <summary>Whether these are the e-mail address and password of an account that may sign in now.</summary>
    public async Task<(SignInOutcome Outcome, AppUser? User)> CheckAsync(string email, string password, IPAddress? address)
    {
        if (!limit.Allows(address))
        {
            return (SignInOutcome.TooManyTries, null);
        }

        // No account has an address with control characters, and not every engine takes them.
        var user = email.Any(char.IsControl) ? null : await users.FindByEmailAsync(email.Trim());
        if (user is null || await users.IsLockedOutAsync(user))
        {
            users.PasswordHasher.VerifyHashedPassword(new AppUser(), s_nobodysHash, password);
            if (user is not null)
            {
                logger.LogWarning("{User} couldn't sign in from {Address}: {Reason}.", user.Id, address, "locked");
            }
        }
        else
        {
            var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
            if (result.Succeeded)
            {
                return (SignInOutcome.Succeeded, user);
            }

            logger.LogWarning("{User} couldn't sign in from {Address}: {Reason}.", user.Id, address, result.IsLockedOut ? "locked" : "wrong password");
        }

        limit.Failed(address);
        return (SignInOutcome.Refused, null);
    }
}
