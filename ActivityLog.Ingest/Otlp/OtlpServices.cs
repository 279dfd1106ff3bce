using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp.Grpc;
using ActivityLog.Ingest.Otlp.Queue;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Ingest.Senders;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>What the receiver needs.</summary>
public static class OtlpServices
{
    /// <summary>
    /// Adds the receiver: its options, the tokens' authentication scheme and policy, the queue. Needs an <see cref="Core.Storage.ITelemetryStore"/>,
    /// an <see cref="Core.Tokens.ITokenStore"/> and a <see cref="Core.Messages.MessageFeed"/>.
    /// </summary>
    public static IServiceCollection AddOtlp(this IServiceCollection services)
    {
        services.AddOptions<OtlpOptions>().BindConfiguration(OtlpOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OtlpOptions>, OtlpOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IngestMonitor>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<TokenUseLog>();
        services.AddSingleton<SenderLog>();
        services.AddSingleton<StoredRequests>();
        services.AddSingleton<OtlpRefuser>();
        services.AddOptions<TokenLimitOptions>().BindConfiguration(TokenLimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TokenLimitOptions>, TokenLimitOptionsValidator>();
        services.AddSingleton<TokenLimiter>();
        services.AddSingleton<BufferBudget>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<UndecidedRequests>();
        services.AddSingleton<OtlpIntake>();
        services.AddSingleton<OtlpExport>();
        services.AddSingleton<GrpcExport>();
        services.AddSingleton<GrpcConnections>();
        services.AddSpool();
        services.AddSingleton<IngestQueue>();
        services.AddHostedService(static provider => provider.GetRequiredService<IngestQueue>());
        // After the queue, and so stopped before it.
        services.AddHostedService<GrpcServer>();
        services.AddHostedService<ServerRefusals>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenDefaults.Scheme, null);
        services.AddAuthorizationBuilder().AddPolicy(TokenDefaults.Policy, new AuthorizationPolicyBuilder(TokenDefaults.Scheme).RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>
    /// Adds what stores in the background whom the receiver heard and whom it refused. Needs an <see cref="Core.Senders.ISenderStore"/>, an
    /// <see cref="Core.Tokens.IRefusalStore"/> and an <see cref="Core.Tokens.ITokenUseStore"/>. Belongs before the receiver, so that it is stopped after it.
    /// </summary>
    public static IServiceCollection AddIngestHistory(this IServiceCollection services)
    {
        services.AddSingleton<RefusalReader>();
        services.AddHostedService<TokenLimitResume>();
        services.AddSingleton<IngestHistory>();
        services.AddHostedService(static provider => provider.GetRequiredService<IngestHistory>());
        return services;
    }
}
