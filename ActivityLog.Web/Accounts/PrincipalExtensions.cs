using System.Security.Claims;

namespace ActivityLog.Web.Accounts;

/// <summary>What a signed-in person's claims tell.</summary>
internal static class PrincipalExtensions
{
    /// <summary>Id of the account.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid AccountId(this ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : throw new InvalidOperationException("Nobody is signed in.");
}
