using ActivityLog.Core.Tokens;

namespace ActivityLog.Tests.Otlp;

/// <summary>Knows one good token and one that was revoked.</summary>
internal sealed class FakeTokenStore : ITokenStore
{
    public const string Good = "al_good";
    public const string Revoked = "al_revoked";

    /// <summary>How much may come with the good one.</summary>
    public TokenLimits Limits { get; set; } = TokenLimits.Configured;

    /// <summary>What checking does instead, when a test asks for it.</summary>
    public Exception? Failure { get; set; }

    public ValueTask<TokenCheck> CheckAsync(string secret, CancellationToken cancellationToken) => Failure is not null
        ? throw Failure
        : ValueTask.FromResult(secret switch
        {
            Good => new TokenCheck(new SendingSystem(1, Guid.Empty, 7, Guid.Empty, Good, 30, 4096) { Limits = Limits }, null, Token(7)),
            Revoked => new TokenCheck(null, "this token was revoked on 2026-11-17", Token(8)),
            _ => new TokenCheck(null, "this token is not known here", null),
        });

    public Task<IReadOnlyList<IngestToken>> ListAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<IngestToken>> ListAsync(int systemKey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IngestToken?> GetAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CreatedToken> CreateAsync(NewToken token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IngestToken?> LimitAsync(int systemKey, Guid tokenId, TokenLimits limits, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RevokeAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static IngestToken Token(int key) => new() { Key = key, SystemKey = 1, Name = "Tests", Prefix = "al_test", Hash = [] };
}
