using ActivityLog.Core.Nodes;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Tokens;

public sealed class TokenCacheTests
{
    private const string Hash = "00";

    private readonly FakeTimeProvider _clock = new(A.Noon);

    [Fact]
    public void Find_WhileOthersAreHeard_IsFromMemoryForMinutes()
    {
        var cache = Cache(isAlone: true);

        _clock.Advance(TimeSpan.FromMinutes(4));
        cache.Find(Hash).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromMinutes(2));
        cache.Find(Hash).ShouldBeNull();
    }

    [Fact]
    public void Find_WhileOthersAreNotHeard_IsFromMemoryForTwoSeconds()
    {
        var listening = new Listening(_clock, isAlone: false);
        var cache = Cache(listening);
        listening.Heard();

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        cache.Find(Hash).ShouldNotBeNull();
        // Nothing has been heard for two seconds.
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        cache.Find(Hash).ShouldBeNull();
        // That told before has come with it: what was found is true still.
        listening.Heard();
        cache.Find(Hash).ShouldNotBeNull();
        listening.Lost();
        cache.Find(Hash).ShouldBeNull();
    }

    [Fact]
    public void Find_TokenThatExpires_IsNoLongerGood()
    {
        var cache = Cache(isAlone: true, expiresAt: A.Noon.AddSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(9));
        cache.Find(Hash).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        cache.Find(Hash).ShouldBeNull();
    }

    [Fact]
    public void Find_SecretNeverMade_IsAskedForAgainSoon()
    {
        var cache = new TokenCache(new Listening(_clock, isAlone: true), _clock);
        cache.Add(Hash, new TokenCheck(null, "not known", null), cache.Generation);

        _clock.Advance(TimeSpan.FromSeconds(3));

        cache.Find(Hash).ShouldBeNull();
    }

    [Fact]
    public void Add_ChangedSinceItWasAskedFor_IsForgotten()
    {
        var cache = Cache(isAlone: true);
        var generation = cache.Generation;
        cache.Clear();

        cache.Add(Hash, new TokenCheck(null, null, Token(null)), generation);

        cache.Find(Hash).ShouldBeNull();
    }

    private TokenCache Cache(bool isAlone, DateTime? expiresAt = null) => Cache(new Listening(_clock, isAlone), expiresAt);

    private TokenCache Cache(Listening listening, DateTime? expiresAt = null)
    {
        var cache = new TokenCache(listening, _clock);
        var token = Token(expiresAt);
        cache.Add(Hash, new TokenCheck(new SendingSystem(1, Guid.Empty, 1, token.Id, token.Prefix, 30, 256), null, token), cache.Generation);
        return cache;
    }

    private static IngestToken Token(DateTime? expiresAt) => new() { Name = "Tests", Prefix = "al_", Hash = [], ExpiresAt = expiresAt };
}
