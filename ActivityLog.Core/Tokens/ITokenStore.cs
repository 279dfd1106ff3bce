namespace ActivityLog.Core.Tokens;

/// <summary>Keeps tokens. Safe to call from many threads.</summary>
public interface ITokenStore
{
    /// <summary>Tokens of a System, newest first, the revoked ones too.</summary>
    Task<IReadOnlyList<IngestToken>> ListAsync(int systemKey, CancellationToken cancellationToken);

    /// <summary>Tokens of all Systems that aren't deleted, the revoked ones too.</summary>
    Task<IReadOnlyList<IngestToken>> ListAllAsync(CancellationToken cancellationToken);

    /// <summary>A token of a System, or null.</summary>
    Task<IngestToken?> GetAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken);

    /// <summary>Makes a token. Its secret is in the answer and nowhere else.</summary>
    Task<CreatedToken> CreateAsync(NewToken token, CancellationToken cancellationToken);

    /// <summary>Changes how much may come with a token: at once on every node.</summary>
    /// <returns>The token as it is now; null when there is none.</returns>
    Task<IngestToken?> LimitAsync(int systemKey, Guid tokenId, TokenLimits limits, CancellationToken cancellationToken);

    /// <summary>Revokes a token: at once on every node. True when there is such a token (revoked before, too).</summary>
    Task<bool> RevokeAsync(int systemKey, Guid tokenId, CancellationToken cancellationToken);

    /// <summary>Whether a secret may write now. From memory where it was asked for before and nothing has changed since.</summary>
    ValueTask<TokenCheck> CheckAsync(string secret, CancellationToken cancellationToken);
}
