using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Web.Ingest;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Ingest;

public sealed class IngestTroublesTests : IDisposable
{
    private static readonly SpoolState s_empty = new(true, false, 0, 1024, 0, null, 0, null, null) { CanTake = true };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly IngestMonitor _monitor;
    private readonly DatabaseState _database;

    public IngestTroublesTests()
    {
        _monitor = new(_clock);
        _database = new(_clock, Options.Create(new StorageOptions { Engine = StorageEngine.Postgres }));
    }

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void Of_AllIsWell_IsCalm()
    {
        _monitor.WatchSpool(static () => s_empty);
        _monitor.CountFailure(new StoreUnavailableException("busy"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _monitor.CountCommit(1, TimeSpan.Zero);

        Troubles().ShouldBeEmpty();
    }

    [Fact]
    public void Of_DatabaseAwayWithASpool_IsToBeWatchedAndNothingIsLost()
    {
        _monitor.WatchSpool(static () => s_empty with { IsInUse = true, Requests = 3, Bytes = 300 });
        _database.MarkAway("Connection refused");

        var trouble = Troubles().ShouldHaveSingleItem();

        trouble.Title.ShouldBe("The database takes no writes since 12:00:00.");
        trouble.Text.ShouldContain("Nothing is lost");
        trouble.Text.ShouldContain("Connection refused");
        trouble.IsBad.ShouldBeFalse();
    }

    [Fact]
    public void Of_DatabaseThatLacksTables_NeedsAPersonAndNothingIsLost()
    {
        _monitor.WatchSpool(static () => s_empty with { IsInUse = true, Requests = 3, Bytes = 300 });
        _database.MarkAway("Connection refused");
        _database.MarkAway("relation \"messages\" does not exist", isIncomplete: true).ShouldBeTrue();

        var trouble = Troubles().ShouldHaveSingleItem();

        trouble.Text.ShouldContain("Nothing is lost");
        trouble.Text.ShouldContain("lacks tables");
        trouble.Text.ShouldContain("relation \"messages\"");
        trouble.IsBad.ShouldBeTrue();
    }

    [Fact]
    public void Of_DatabaseAwayWithoutASpool_IsBad()
    {
        _database.MarkAway("Connection refused");

        Troubles().ShouldHaveSingleItem().IsBad.ShouldBeTrue();
    }

    [Fact]
    public void Of_DatabaseAwayWithASpoolThatTakesNothing_DoesntSayThatNothingIsLost()
    {
        _monitor.WatchSpool(static () => s_empty with { IsInUse = true, Requests = 3, Bytes = 300, CanTake = false });
        _database.MarkAway("Connection refused");

        var trouble = Troubles().ShouldHaveSingleItem();

        trouble.Text.ShouldStartWith("The spool takes nothing now: senders are told to try again.");
        trouble.IsBad.ShouldBeTrue();
    }

    [Fact]
    public void Of_SpoolAlmostFull_SaysSo()
    {
        _monitor.WatchSpool(static () => s_empty with { Requests = 3, Bytes = 1000 });

        Troubles().Select(static trouble => trouble.IsBad).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData(1, "A spooled request couldn't be stored.")]
    [InlineData(3, "3 spooled requests couldn't be stored.")]
    public void Of_WhatWasSetAside_IsToldUntilItIsGone(int files, string title)
    {
        _monitor.WatchSpool(() => s_empty with { SetAside = files });

        Troubles().ShouldHaveSingleItem().Title.ShouldBe(title);
    }

    [Fact]
    public void Of_TheLastWriteFailed_SaysWhy()
    {
        _monitor.CountFailure(new StoreUnavailableException("away", new IOException("database or disk is full")));

        var trouble = Troubles().ShouldHaveSingleItem();

        trouble.Text.ShouldContain("database or disk is full");
        trouble.IsBad.ShouldBeTrue();
    }

    [Theory]
    [InlineData(60, 10, 0, "Much is waiting to be stored.")]
    [InlineData(1, 600, 0, "Much is waiting to be stored.")]
    [InlineData(1, 10, 3, "The database is slow.")]
    public void Of_QueueThatGrows_SaysSo(long rows, long bytes, int seconds, string title)
    {
        _monitor.WatchQueue(() => new(rows, bytes, TimeSpan.FromSeconds(seconds), 100, 1000));

        Troubles().ShouldHaveSingleItem().Title.ShouldBe(title);
    }

    private IReadOnlyList<IngestTrouble> Troubles() => IngestTroubles.Of(_monitor.Read(), _database, TimeZoneInfo.Utc);
}
