using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ActivityLog.Tests.Otlp.Queue;

public sealed class IngestQueueTests
{
    private readonly FakeTelemetryStore _store = new();
    private readonly FakeTimeProvider _clock = new(Mapped.ReceivedAt);
    private readonly DatabaseState _database = new(TimeProvider.System, Options.Create(new StorageOptions { Engine = StorageEngine.Postgres }));
    private readonly MessageFeed _feed = new(TimeProvider.System);
    private readonly IngestMonitor _monitor = new(TimeProvider.System);

    [Fact]
    public async Task AppendAsync_SeveralWhileOneIsStored_ShareTheNextCommit()
    {
        var gate = Hold();
        var queue = await StartAsync();
        var first = Append(queue, 1);
        await gate.Entered.Task;
        var others = Enumerable.Range(0, 5).Select(_ => Append(queue, 1)).ToList();

        others.ShouldAllBe(static one => !one.IsCompleted);
        gate.Release();

        (await Task.WhenAll([first, .. others])).ShouldAllBe(static outcome => outcome == IngestOutcome.Stored);
        _store.Appends.Select(static append => append.Count).ShouldBe([1, 5]);
        queue.QueuedRows.ShouldBe(0);
    }

    [Fact]
    public async Task Level_WhileOneIsStored_TellsWhatWaitsAndForHowLong()
    {
        var gate = Hold();
        var queue = await StartAsync();
        var first = Append(queue, 2, bytes: 100);
        await gate.Entered.Task;
        _clock.Advance(TimeSpan.FromSeconds(2));
        var second = Append(queue, 3, bytes: 50);

        _monitor.Read().Queue.ShouldBe(new QueueLevel(5, 150, TimeSpan.FromSeconds(2), 100_000, 128 * 1024 * 1024));

        gate.Release();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task AppendAsync_MoreRowsThanACommitTakes_AreSplitBetweenBatches()
    {
        var gate = Hold();
        var queue = await StartAsync(new OtlpOptions { MaxCommitRows = 10 });
        var first = Append(queue, 1);
        await gate.Entered.Task;
        var others = Enumerable.Range(0, 4).Select(_ => Append(queue, 6)).ToList();
        gate.Release();

        await Task.WhenAll([first, .. others]);

        _store.Appends.Select(static append => append.Count).ShouldBe([1, 1, 1, 1, 1]);
    }

    [Fact]
    public async Task AppendAsync_PastTheBoundOfRows_IsFullAtOnce()
    {
        var gate = Hold();
        var queue = await StartAsync(new OtlpOptions { MaxQueuedRows = 10 });
        var first = Append(queue, 8);

        (await Append(queue, 3)).ShouldBe(IngestOutcome.Full);

        gate.Release();
        (await first).ShouldBe(IngestOutcome.Stored);
        (await Append(queue, 3)).ShouldBe(IngestOutcome.Stored);
    }

    [Fact]
    public async Task AppendAsync_PastTheBoundOfBytes_IsFullAtOnce()
    {
        var gate = Hold();
        var queue = await StartAsync(new OtlpOptions { MaxQueuedBytes = 1000 });
        var first = Append(queue, 1, bytes: 900);

        (await Append(queue, 1, bytes: 200)).ShouldBe(IngestOutcome.Full);

        gate.Release();
        (await first).ShouldBe(IngestOutcome.Stored);
    }

    [Fact]
    public async Task AppendAsync_OneLargerThanTheBound_IsTakenWhenNothingWaits()
    {
        var queue = await StartAsync(new OtlpOptions { MaxQueuedRows = 10 });

        (await Append(queue, 50)).ShouldBe(IngestOutcome.Stored);
    }

    [Fact]
    public async Task AppendAsync_StoredTooSlowly_TimesOutAndIsStoredYet()
    {
        var gate = Hold();
        var queue = await StartAsync();
        var waiting = Append(queue, 1);
        await gate.Entered.Task;

        _clock.Advance(TimeSpan.FromSeconds(6));

        (await waiting).ShouldBe(IngestOutcome.TimedOut);
        gate.Release();
        await queue.StopAsync(CancellationToken.None);
        _store.Appends.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AppendAsync_OneBatchCantBeStored_ItsNeighboursAre()
    {
        var gate = Hold(fail: static batches => batches.Any(static batch => batch.TokenKey == 666) ? new InvalidOperationException("poison") : null);
        var queue = await StartAsync();
        var first = Append(queue, 1);
        await gate.Entered.Task;
        var good = Append(queue, 1);
        var bad = Append(queue, 1, tokenKey: 666);
        var alsoGood = Append(queue, 1);
        gate.Release();

        (await Task.WhenAll(first, good, bad, alsoGood))
            .ShouldBe([IngestOutcome.Stored, IngestOutcome.Stored, IngestOutcome.Failed, IngestOutcome.Stored]);
        (await Append(queue, 1)).ShouldBe(IngestOutcome.Stored);
    }

    [Fact]
    public async Task AppendAsync_StoreIsUnavailable_SaysSoToAll()
    {
        _store.BeforeAppend = static _ => throw new StoreUnavailableException("away");
        var queue = await StartAsync();

        (await Task.WhenAll(Append(queue, 1), Append(queue, 1))).ShouldAllBe(static outcome => outcome == IngestOutcome.Unavailable);
    }

    [Fact]
    public async Task StopAsync_WithBatchesWaiting_StoresThemFirst()
    {
        var gate = Hold();
        var queue = await StartAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => Append(queue, 1)).ToList();
        await gate.Entered.Task;

        var stopping = queue.StopAsync(CancellationToken.None);
        (await Append(queue, 1)).ShouldBe(IngestOutcome.Unavailable);
        gate.Release();
        await stopping;

        (await Task.WhenAll(waiting)).ShouldAllBe(static outcome => outcome == IngestOutcome.Stored);
    }

    [Fact]
    public async Task AppendAsync_ManyRowsAndAnEngineGoodForTwoWrites_AreStoredBesideAnother()
    {
        _store.Writers = 2;
        var gate = Hold();
        var queue = await StartAsync();
        var first = Append(queue, 1, session: "one");
        await gate.Entered.Task;
        _store.BeforeAppend = static _ => Task.CompletedTask;

        (await Append(queue, 500, session: "two")).ShouldBe(IngestOutcome.Stored);

        first.IsCompleted.ShouldBeFalse();
        gate.Release();
        (await first).ShouldBe(IngestOutcome.Stored);
        queue.QueuedRows.ShouldBe(0);
    }

    [Theory]
    [InlineData(500, "one")]
    [InlineData(1, "two")]
    public async Task AppendAsync_FewRowsOrThoseOfASessionThatIsBeingStored_WaitThoughTheEngineIsGoodForTwoWrites(int rows, string session)
    {
        _store.Writers = 2;
        var gate = Hold();
        var queue = await StartAsync();
        var first = Append(queue, 1, session: "one");
        await gate.Entered.Task;
        _store.BeforeAppend = static _ => Task.CompletedTask;
        var second = Append(queue, rows, session: session);
        // Behind it in the order of coming, and of no session that is being stored: were it to be overtaken, this would be stored now.
        var third = Append(queue, 1, session: "three");

        second.IsCompleted.ShouldBeFalse();
        third.IsCompleted.ShouldBeFalse();
        gate.Release();

        (await Task.WhenAll(first, second, third)).ShouldAllBe(static outcome => outcome == IngestOutcome.Stored);
        _store.Appends.Select(static append => append.Count).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task AppendAsync_ManySessionsAtOnce_NeverStoresOneTwiceAtATime()
    {
        _store.Writers = 2;
        var storing = new HashSet<long>();
        var clashes = 0;
        _store.BeforeAppend = async batches =>
        {
            var sessions = batches.SelectMany(static batch => batch.Messages).Select(static message => message.Key.Session).ToHashSet();
            lock (storing)
            {
                clashes += storing.Overlaps(sessions) ? 1 : 0;
                storing.UnionWith(sessions);
            }

            await Task.Yield();
            lock (storing)
            {
                storing.ExceptWith(sessions);
            }
        };
        var queue = await StartAsync(new OtlpOptions { MaxCommitRows = 1000 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => Append(queue, 150, session: $"{i % 7}"))));

        outcomes.ShouldAllBe(static outcome => outcome == IngestOutcome.Stored);
        clashes.ShouldBe(0);
        queue.QueuedRows.ShouldBe(0);
    }

    [Fact]
    public async Task WritingFor_AnOlderWriteDoesNotEnd_IsItsTimeAndTheDatabaseIsNotBack()
    {
        _store.Writers = 2;
        var gate = Hold();
        var queue = await StartAsync();
        var first = Append(queue, 1, session: "one");
        await gate.Entered.Task;
        _clock.Advance(TimeSpan.FromSeconds(4));
        _store.BeforeAppend = _ =>
        {
            _database.MarkAway("It hangs.");
            return Task.CompletedTask;
        };

        (await Append(queue, 500, session: "two")).ShouldBe(IngestOutcome.Stored);

        queue.WritingFor.ShouldBe(TimeSpan.FromSeconds(4));
        _database.IsAway.ShouldBeTrue();
        gate.Release();
        await first;
        _database.IsAway.ShouldBeFalse();
    }

    [Fact]
    public async Task AppendAsync_Stored_TellsTheFeed()
    {
        var told = new TaskCompletionSource<IReadOnlyCollection<int>>();
        using var subscription = _feed.Subscribe(told.SetResult);
        var queue = await StartAsync();

        await Append(queue, 1);

        (await told.Task).ShouldBe([1]);
    }

    private async Task<IngestQueue> StartAsync(OtlpOptions? options = null)
    {
        var queue = new IngestQueue(_store, _feed, _database, _monitor, _clock, Options.Create(options ?? new OtlpOptions()), NullLogger<IngestQueue>.Instance);
        await queue.StartAsync(CancellationToken.None);
        return queue;
    }

    private static async Task<IngestOutcome> Append(IngestQueue queue, int rows, int bytes = 10, int tokenKey = 7, string session = "s")
    {
        var system = new Core.Systems.MonitoredSystem { Key = 1, Name = "Tests" };
        var answer = await queue.AppendAsync(
            new TelemetryBatch(tokenKey, [.. Enumerable.Range(0, rows).Select(_ => Support.A.Message(system, session: session))], []), bytes, isKept: false);
        return answer.Outcome;
    }

    // The store's first append waits until it is released.
    private Gate Hold(Func<IReadOnlyList<TelemetryBatch>, Exception?>? fail = null)
    {
        var gate = new Gate();
        _store.BeforeAppend = async batches =>
        {
            gate.Entered.TrySetResult();
            await gate.Released.Task;
            if (fail?.Invoke(batches) is { } failure)
            {
                throw failure;
            }
        };
        return gate;
    }

    private sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => Released.SetResult();
    }
}
