using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
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
        _clock.Advance(TimeSpan.FromMinutes(60));
        log.Add(1, 7, "al_abcd", "10.0.0.1", 415, "wrong content type", 3);

        var refusal = log.ListOfSystem(1).ShouldHaveSingleItem();
        refusal.Count.ShouldBe(5);
        (refusal.LastAt - refusal.FirstAt).ShouldBe(TimeSpan.FromMinutes(65));
    }

    [Fact]
    public void List_OlderThanADay_IsGone()
    {
        var log = new RefusalLog(_clock);
        log.Add(null, null, null, "10.0.0.1", 401, "no token");
        _clock.Advance(TimeSpan.FromHours(25));

        log.List().ShouldBeEmpty();
        log.Add(null, null, null, "10.0.0.1", 401, "no token");
        log.List().ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(7, RefusalLog.MaxOfToken)]
    [InlineData(null, RefusalLog.MaxUnknown)]
    public void Add_MoreKindsThanAreToldApart_CountsTheOthersTogether(int? tokenKey, int most)
    {
        var log = new RefusalLog(_clock);
        for (var i = 0; i < most + 20; i++)
        {
            log.Add(null, tokenKey, null, $"address {i}", 401, "no token");
        }

        log.Add(1, 8, null, "neighbour", 401, "revoked");

        log.List().Count.ShouldBe(most + 2);
        log.List().Single(static refusal => refusal.Source == RefusalLog.Others).Count.ShouldBe(20);
        log.List().ShouldContain(static refusal => refusal.Source == "neighbour");
        // The next hour has room again.
        _clock.Advance(TimeSpan.FromHours(1));
        log.Add(null, tokenKey, null, "another", 401, "no token");
        log.List().ShouldContain(static refusal => refusal.Source == "another");
    }

    [Fact]
    public void Add_LongReason_IsCutBetweenCharacters()
    {
        var log = new RefusalLog(_clock);
        log.Add(1, 7, "al_abcd", "10.0.0.1", 400, new string('x', RefusalRow.MaxReasonLength - 1) + "👩‍🔬 and more");

        log.List().ShouldHaveSingleItem().Reason.ShouldBe(new string('x', RefusalRow.MaxReasonLength - 1) + "…");
    }

    [Fact]
    public async Task FlushAsync_StoreIsAway_KeepsThemForTheNextTime()
    {
        var log = new RefusalLog(_clock);
        var store = new FakeRefusalStore { Failure = new StoreUnavailableException("away") };
        log.Add(1, 7, "al_abcd", "10.0.0.1", 503, "the database takes no writes now");

        await Should.ThrowAsync<StoreUnavailableException>(() => log.FlushAsync(store, CancellationToken.None));
        log.Add(1, 7, "al_abcd", "10.0.0.1", 503, "the database takes no writes now");
        log.List().ShouldHaveSingleItem().Count.ShouldBe(2);

        store.Failure = null;
        await log.FlushAsync(store, CancellationToken.None);
        await log.FlushAsync(store, CancellationToken.None);

        store.Added.ShouldHaveSingleItem().Count.ShouldBe(2);
        log.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task FlushAsync_StoreCantTakeThem_LetsThemGo()
    {
        var log = new RefusalLog(_clock);
        log.Add(1, 7, "al_abcd", "10.0.0.1", 400, "poison");

        await Should.ThrowAsync<InvalidOperationException>(
            () => log.FlushAsync(new FakeRefusalStore { Failure = new InvalidOperationException("poison") }, CancellationToken.None));

        log.List().ShouldBeEmpty();
    }

    private sealed class FakeRefusalStore : IRefusalStore
    {
        public Exception? Failure { get; set; }

        public List<Refusal> Added { get; } = [];

        public Task AddAsync(IReadOnlyCollection<Refusal> refusals, CancellationToken cancellationToken)
        {
            Added.AddRange(Failure is null ? refusals : []);
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }

        public Task<IReadOnlyList<Refusal>> ListAsync(DateTime since, int? systemKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task TidyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
