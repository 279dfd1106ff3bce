using System.Collections.Concurrent;
using System.Text.Json;
using ActivityLog.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Tokens;

/// <summary>
/// The tokens that were good when they were last seen, for the time that the database is away: in memory, and as hashes in a file in the data directory, so that
/// a restart meanwhile knows them. Only with a database that can be away. Safe to call from many threads.
/// </summary>
public sealed class KnownTokens(IServiceProvider services, DatabaseState database, TimeProvider clock, ILogger<KnownTokens> logger)
{
    private const string FileName = "known-tokens.json";

    private readonly Lock _lock = new();
    private readonly Lazy<ConcurrentDictionary<string, KnownToken>> _tokens = new(() => Load(services, database, logger));
    private volatile bool _isChanged;

    /// <summary>Whether there is any.</summary>
    public bool Any => !_tokens.Value.IsEmpty;

    /// <summary>Who a secret's hash belongs to; null where that isn't known, or the token has expired.</summary>
    internal SendingSystem? Find(string hash) =>
        _tokens.Value.TryGetValue(hash, out var token) && (token.ExpiresAt is not { } expires || expires > clock.GetUtcNow().UtcDateTime) ? token.Sender : null;

    /// <summary>Notes what the database said of a hash.</summary>
    /// <param name="hash">The hash, as hex.</param>
    /// <param name="token">The token; null where it isn't good.</param>
    internal void Note(string hash, KnownToken? token)
    {
        if (!database.CanBeAway)
        {
            return;
        }

        var known = _tokens.Value;
        if (token is null)
        {
            _isChanged |= known.TryRemove(hash, out _);
        }
        else if (!known.TryGetValue(hash, out var before) || before != token)
        {
            known[hash] = token;
            _isChanged = true;
        }
    }

    /// <summary>Notes all that the database has: what isn't among them is known no more.</summary>
    internal void NoteAll(IReadOnlyCollection<KnownToken> tokens)
    {
        var all = tokens.Select(static token => token.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _tokens.Value.Keys.Where(hash => !all.Contains(hash)))
        {
            Note(gone, null);
        }

        foreach (var token in tokens)
        {
            Note(token.Hash, token);
        }
    }

    /// <summary>Notes that a token was revoked.</summary>
    internal void Forget(Guid tokenId)
    {
        foreach (var (hash, token) in _tokens.Value)
        {
            if (token.Sender.TokenId == tokenId)
            {
                Note(hash, null);
            }
        }
    }

    /// <summary>Writes the file, if anything changed.</summary>
    /// <exception cref="IOException">The disk doesn't take it; the file is as it was.</exception>
    internal void Save()
    {
        lock (_lock)
        {
            if (!_isChanged)
            {
                return;
            }

            _isChanged = false;
            try
            {
                DurableFile.Replace(PathOf(services), JsonSerializer.SerializeToUtf8Bytes(_tokens.Value.Values));
            }
            catch
            {
                _isChanged = true;
                throw;
            }
        }
    }

    private static ConcurrentDictionary<string, KnownToken> Load(IServiceProvider services, DatabaseState database, ILogger logger)
    {
        var known = new ConcurrentDictionary<string, KnownToken>(StringComparer.Ordinal);
        if (!database.CanBeAway || !File.Exists(PathOf(services)))
        {
            return known;
        }

        try
        {
            foreach (var token in JsonSerializer.Deserialize<KnownToken[]>(File.ReadAllBytes(PathOf(services))) ?? [])
            {
                known[token.Hash] = token;
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // Without it senders are told to try again until the database is there.
            logger.LogWarning(exception, "The file of known tokens can't be read; it is written anew");
        }

        return known;
    }

    // The folder is made when it is first asked for: not before it is needed.
    private static string PathOf(IServiceProvider services) => services.GetRequiredService<DataDirectory>().File(FileName);
}
