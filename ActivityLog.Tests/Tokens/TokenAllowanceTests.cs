using ActivityLog.Ingest.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Tokens;

public sealed class TokenAllowanceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero));
    private readonly TokenAllowance _allowance;

    public TokenAllowanceTests() => _allowance = new(_clock);

    [Fact]
    public void TryTake_TenSecondsWorth_ComesAtOnceAndThenAsTimePasses()
    {
        Take(records: 999).ShouldBeNull();
        Take(records: 1).ShouldBeNull();
        Take(records: 1).ShouldBe((false, TimeSpan.FromSeconds(1)));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Take(records: 100).ShouldBeNull();
        Take(records: 1).ShouldNotBeNull();
    }

    [Fact]
    public void TryTake_MoreThanEverFits_IsTakenWholeAndWaitedForAfterIt()
    {
        Take(records: 3000).ShouldBeNull();
        Take(records: 1).ShouldBe((false, TimeSpan.FromSeconds(21)));

        _clock.Advance(TimeSpan.FromSeconds(20));
        Take(records: 1).ShouldBe((false, TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Take(records: 1).ShouldBeNull();
    }

    [Fact]
    public void TryTake_AfterALongPause_GatheredNoMoreThanTenSeconds()
    {
        Take(records: 1000).ShouldBeNull();
        _clock.Advance(TimeSpan.FromHours(5));

        Take(records: 1000).ShouldBeNull();
        Take(records: 1).ShouldNotBeNull();
    }

    [Fact]
    public void TryTake_BytesOfTheDay_AreNeverExceededUntilTheNext()
    {
        Take(bytes: 600).ShouldBeNull();
        Take(bytes: 401).ShouldBe((true, TimeSpan.FromHours(2)));
        Take(bytes: 400).ShouldBeNull();
        Take(bytes: 1).ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromHours(2));

        Take(bytes: 1000).ShouldBeNull();
    }

    [Fact]
    public void Check_BytesAndRecords_TakesNothing()
    {
        for (var i = 0; i < 3; i++)
        {
            _allowance.Check(100, 1000, 1000).ShouldBeNull();
        }

        Take(records: 1000, bytes: 1000).ShouldBeNull();
        _allowance.Check(100, 1000, 1)!.Value.IsOfDay.ShouldBeTrue();
        _allowance.Check(100, 0, 1)!.Value.IsOfDay.ShouldBeFalse();
    }

    [Fact]
    public void Return_WhatWasNotStored_MayComeAgain()
    {
        _allowance.TryTake(100, 1000, 1000, 1000, out var taken).ShouldBeNull();

        _allowance.Return(taken);

        Take(records: 1000, bytes: 1000).ShouldBeNull();
    }

    [Fact]
    public void Return_OnTheNextDay_LeavesThatDaysBytes()
    {
        _allowance.TryTake(0, 1000, 1, 1000, out var taken).ShouldBeNull();
        _clock.Advance(TimeSpan.FromHours(2));
        Take(bytes: 1000).ShouldBeNull();

        _allowance.Return(taken);

        Take(bytes: 1).ShouldNotBeNull();
    }

    [Fact]
    public void TryTake_LimitOfBytesSetLater_FindsThemCounted()
    {
        _allowance.TryTake(0, 0, 1, 900, out _).ShouldBeNull();

        Take(bytes: 101)!.Value.IsOfDay.ShouldBeTrue();
        Take(bytes: 100).ShouldBeNull();
    }

    [Fact]
    public void TryTake_WhileRecordsHaveNoLimit_ChargesNone()
    {
        Take(records: 500).ShouldBeNull();
        _allowance.TryTake(0, 1000, 1_000_000, 1, out var taken).ShouldBeNull();

        Take(records: 500).ShouldBeNull();
        _allowance.Return(taken);
        Take(records: 1).ShouldNotBeNull();
    }

    [Fact]
    public void Resume_BytesOfAnEarlierProcess_Count()
    {
        _allowance.Resume(900);

        Take(bytes: 101).ShouldNotBeNull();
        Take(bytes: 100).ShouldBeNull();
    }

    private (bool IsOfDay, TimeSpan Wait)? Take(long records = 0, long bytes = 0) => _allowance.TryTake(100, 1000, records, bytes, out _);
}
