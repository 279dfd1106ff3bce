using ActivityLog.Ingest.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Tokens;

public sealed class RefusalLogTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Add_TheSameAgain_IsCountedWithItsLastTime()
    {
        var log = new RefusalLog(_clock);
        log.Add(1, 7, "al_abcd", "10.0.0.1", 415, "wrong content type");
        _clock.Advance(TimeSpan.FromMinutes(5));
        log.Add(1, 7, "al_abcd", "10.0.0.1", 415, "wrong content type");

        var refusal = log.ListOfSystem(1).ShouldHaveSingleItem();
        refusal.Count.ShouldBe(2);
        (refusal.LastAt - refusal.FirstAt).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void List_OlderThanADay_IsGone()
    {
        var log = new RefusalLog(_clock);
        log.Add(null, null, null, "10.0.0.1", 401, "no token");
        _clock.Advance(TimeSpan.FromHours(25));

        log.List().ShouldBeEmpty();
        log.Add(null, null, null, "10.0.0.1", 401, "no token");
        log.ListOfUnknown().ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(7, RefusalLog.MaxKnown)]
    [InlineData(null, RefusalLog.MaxUnknown)]
    public void Add_MoreKindsThanAreKept_DropsTheOldestOfTheirKind(int? tokenKey, int kept)
    {
        var log = new RefusalLog(_clock);
        log.Add(1, tokenKey is null ? 7 : null, null, "other", 401, "revoked");
        for (var i = 0; i <= kept; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            log.Add(null, tokenKey, null, $"address {i}", 401, "no token");
        }

        log.List().Count.ShouldBe(kept + 1);
        log.List().ShouldContain(static refusal => refusal.Source == "other");
        log.List().ShouldNotContain(static refusal => refusal.Source == "address 0");
    }
}
