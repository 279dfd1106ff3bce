using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Finds the secret in a request's headers, in the forms that senders really send.</summary>
internal static class TokenSecrets
{
    private const string ApiKeyHeader = "x-api-key";
    private const string Bearer = "Bearer";

    /// <summary>Blanks that some senders leave encoded, since OTEL_EXPORTER_OTLP_HEADERS should be.</summary>
    private const string EncodedBlank = "%20";

    /// <summary>The secret, or why there is none. An empty Authorization header counts as absent.</summary>
    public static bool TryFind(IHeaderDictionary headers, [NotNullWhen(true)] out string? secret, [NotNullWhen(false)] out string? refusal)
    {
        secret = null;
        refusal = null;
        var authorization = headers.Authorization.ToString().Trim();
        if (authorization.Length == 0)
        {
            secret = headers[ApiKeyHeader].ToString().Trim();
            if (secret.Length > 0)
            {
                return true;
            }

            refusal = "no token: send the header 'Authorization: Bearer al_…' (OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer al_…\")";
            return false;
        }

        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            var rest = authorization[Bearer.Length..];
            rest = rest.StartsWith(EncodedBlank, StringComparison.Ordinal) ? " " + rest[EncodedBlank.Length..] : rest;
            if (rest.StartsWith(' ') && rest.Trim().Length > 0)
            {
                secret = rest.Trim();
                return true;
            }
        }

        refusal = "the Authorization header isn't of the form 'Bearer al_…'";
        return false;
    }
}
