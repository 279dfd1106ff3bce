using System.Security.Claims;
using ActivityLog.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActivityLog.Web.Accounts;

/// <summary>Makes and checks access tokens: JWTs signed with the installation's own key (HS256).</summary>
internal sealed class AccessTokens(SigningKeyStore keys, IUserClaimsPrincipalFactory<AppUser> principals, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false };

    // What is in a token, by the short names of the standard. The security stamp stays here.
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        [ClaimTypes.NameIdentifier] = JwtRegisteredClaimNames.Sub,
        [ClaimTypes.Name] = JwtRegisteredClaimNames.Name,
        [ClaimTypes.Email] = JwtRegisteredClaimNames.Email,
        [ClaimTypes.Role] = "role",
    };

    /// <summary>An access token with the same claims as the person's cookie has.</summary>
    public async Task<string> CreateAsync(AppUser user, CancellationToken cancellationToken)
    {
        var principal = await principals.CreateAsync(user);
        var now = clock.GetUtcNow().UtcDateTime;
        return s_handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = AccessTokenDefaults.Issuer,
            Audience = AccessTokenDefaults.Issuer,
            Subject = new ClaimsIdentity(
                from claim in principal.Claims
                where s_names.ContainsKey(claim.Type)
                select new Claim(s_names[claim.Type], claim.Value)),
            IssuedAt = now,
            NotBefore = now,
            Expires = now + AccessTokenDefaults.Lifetime,
            SigningCredentials = new SigningCredentials(await KeyAsync(cancellationToken), SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Whose token it is, and until when; null when it isn't one of ours or has expired.</summary>
    public async Task<(ClaimsIdentity Identity, DateTime ExpiresAt)?> CheckAsync(string token, CancellationToken cancellationToken)
    {
        var result = await s_handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = AccessTokenDefaults.Issuer,
            ValidAudience = AccessTokenDefaults.Issuer,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = await KeyAsync(cancellationToken),
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid)
        {
            return null;
        }

        var claims = result.ClaimsIdentity.Claims.Select(static claim => (Type: s_names.FirstOrDefault(name => name.Value == claim.Type).Key, claim.Value));
        var identity = new ClaimsIdentity(
            claims.Where(static claim => claim.Type is not null).Select(static claim => new Claim(claim.Type, claim.Value)),
            AccessTokenDefaults.Scheme, ClaimTypes.Name, ClaimTypes.Role);
        return (identity, result.SecurityToken.ValidTo);
    }

    private async ValueTask<SymmetricSecurityKey> KeyAsync(CancellationToken cancellationToken) => new(await keys.GetAsync(cancellationToken));
}
