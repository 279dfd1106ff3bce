using System.Security.Claims;
using System.Text.Encodings.Web;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Tells who sends by the <c>al_…</c> secret, and answers in OTLP's way when nobody may.</summary>
internal sealed partial class TokenHandler(
    ITokenStore tokens, OtlpRefuser refuser, TimeProvider clock, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var start = clock.GetTimestamp();
        var feature = await CheckAsync() with { StartedAt = start };
        Context.Features.Set(feature);
        if (feature.Sender is not { } sender)
        {
            return AuthenticateResult.Fail(feature.Refusal ?? "no token");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, sender.TokenId.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = Context.Features.GetRequiredFeature<TokenFeature>().Answer;
        if (refusal.StatusCode == StatusCodes.Status401Unauthorized)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
        }

        return refuser.WriteAsync(Context, refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private async ValueTask<TokenFeature> CheckAsync()
    {
        if (!TokenSecrets.TryFind(Request.Headers, out var secret, out var refusal))
        {
            return new(null, null, null, refusal);
        }

        if (!secret.StartsWith(TokenSecret.Start, StringComparison.Ordinal))
        {
            return new(null, null, null, secret.StartsWith("eyJ", StringComparison.Ordinal)
                ? "this is an access token of the API, which only reads; exporters write with a token of a System (al_…)"
                : "this is no token of this server: tokens begin with al_");
        }

        try
        {
            var check = await tokens.CheckAsync(secret, Context.RequestAborted);
            return new(check.Sender, check.Token, TokenSecret.Prefix(secret), check.Sender is null ? check.Refusal ?? "this token is not known here" : null);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(Logger, e);
            return new(null, null, null, null, IsUnavailable: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(Logger, e, Context.TraceIdentifier);
            return new(null, null, null, null, IsUnavailable: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tokens can't be checked now; senders are told to try again")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A token couldn't be checked ({TraceId}); its sender is told to try again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string traceId);
}
