using System.Threading.Channels;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>
/// Takes requests while the database is away, and keeps them on the disk until it is back. Concurrent requests share an fsync; what may lie there is bounded.
/// Only with PostgreSQL: a SQLite file lies on the same disk. Safe to call from many threads.
/// </summary>
internal sealed partial class Spool : IHostedService, ISpoolState, IDisposable
{
    private const string FolderName = "spool";

    // Bytes that share an fsync, unless a single request has more.
    private const long MaxCommitBytes = 16 * 1024 * 1024;

    private const string Full = "The spool is full.";

    // So long what was refused says something of what comes next: where nobody posts because it was, somebody must be let in to find out.
    private static readonly TimeSpan s_doubt = TimeSpan.FromMinutes(1);

    private readonly Lock _opening = new();
    private readonly Channel<Pending> _channel = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly IServiceProvider _services;
    private readonly DatabaseState _database;
    private readonly IngestMonitor _monitor;
    private readonly TimeProvider _clock;
    private readonly ILogger<Spool> _logger;
    private readonly long _maxBytes;
    private volatile SpoolFolder? _folder;
    private volatile Trouble? _trouble;
    private long _refusedAt;
    private Task _writer = Task.CompletedTask;

    public Spool(
        IServiceProvider services, DatabaseState database, IngestMonitor monitor, TimeProvider clock, IOptions<SpoolOptions> options, IOptions<StorageOptions> storage,
        ILogger<Spool> logger)
    {
        _services = services;
        _database = database;
        _monitor = monitor;
        _clock = clock;
        _logger = logger;
        _maxBytes = options.Value.MaxBytes;
        IsOn = storage.Value.Engine == StorageEngine.Postgres && _maxBytes > 0;
    }

    /// <summary>Whether there is one.</summary>
    public bool IsOn { get; }

    /// <inheritdoc/>
    public SpoolState Current
    {
        get
        {
            if (!IsOn)
            {
                return SpoolState.Off;
            }

            var (requests, oldestAt) = _folder?.Waiting ?? (0, null);
            var bytes = _folder?.Bytes ?? 0;
            return new(true, _database.IsAway || requests > 0, bytes, _maxBytes, requests, oldestAt, _folder?.SetAsideFiles ?? 0, _trouble?.Text, _trouble?.At)
            {
                CanTake = _folder is not null && bytes < _maxBytes && !RefusedLately(),
            };
        }
    }

    /// <summary>Its files; null while there are none to be had.</summary>
    public SpoolFolder? Open()
    {
        lock (_opening)
        {
            if (_folder is not null || _channel.Reader.Completion.IsCompleted)
            {
                return _folder;
            }

            try
            {
                _folder = SpoolFolder.Open(_services.GetRequiredService<DataDirectory>().File(FolderName));
                if (_folder.Waiting.Requests is > 0 and var requests)
                {
                    LogTakenUp(requests, _folder.Bytes);
                }

                if (_folder.SetAsideFiles is > 0 and var files)
                {
                    LogSetAsideBefore(files);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                var trouble = $"The spool's folder can't be used: {exception.Message}";
                if (_trouble?.Text != trouble)
                {
                    LogNoFolder(exception);
                }

                Note(trouble);
            }

            return _folder;
        }
    }

    /// <summary>Takes a request. Returns only after it is durable, or when it can't be taken.</summary>
    /// <returns>Whether it was taken. Its content is no longer needed.</returns>
    public Task<bool> AppendAsync(ReceivedRequest request)
    {
        var pending = new Pending(request, SpoolRecord.Write(request));
        return _channel.Writer.TryWrite(pending) ? pending.Taken.Task : Task.FromResult(false);
    }

    /// <summary>Puts aside what can't be stored, and tells.</summary>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public void SetAside(SpoolFolder folder, SpoolItem item)
    {
        var path = folder.SetAside(item);
        Note(item.Request is null ? $"A damaged part of the spool was set aside: {path}" : $"A spooled request that can't be stored was set aside: {path}");
        LogSetAside(path, item.Request?.Sender.TokenKey, item.Length);
    }

    /// <summary>Notes what went wrong.</summary>
    public void Note(string trouble) => _trouble = new(trouble, _clock.GetUtcNow().UtcDateTime);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsOn)
        {
            Open();
            _monitor.WatchSpool(() => Current);
            _writer = Task.Run(WriteAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, and writes what waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _channel.Writer.TryComplete();
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _folder?.Dispose();
        _folder = null;
    }

    public void Dispose() => _folder?.Dispose();

    private async Task WriteAsync()
    {
        var group = new List<Pending>();
        while (await _channel.Reader.WaitToReadAsync())
        {
            var bytes = 0L;
            while (bytes < MaxCommitBytes && _channel.Reader.TryRead(out var pending))
            {
                group.Add(pending);
                bytes += pending.Bytes;
            }

            try
            {
                Write(group);
            }
            catch (Exception exception)
            {
                NoteRefused();
                Note($"The spool can't be written: {exception.Message}");
                LogNotWritten(exception);
            }
            finally
            {
                // Nothing for one that has its answer.
                group.ForEach(static pending => pending.Taken.TrySetResult(false));
                group.Clear();
            }
        }
    }

    private void Write(List<Pending> group)
    {
        if (Open() is not { } folder)
        {
            return;
        }

        var room = _maxBytes - folder.Bytes;
        var taken = new List<Pending>(group.Count);
        foreach (var pending in group.Where(pending => pending.Bytes <= room))
        {
            taken.Add(pending);
            room -= pending.Bytes;
        }

        if (taken.Count < group.Count)
        {
            if (_trouble?.Text != Full)
            {
                LogFull(_maxBytes);
            }

            Note(Full);
            NoteRefused();
        }

        if (taken.Count > 0)
        {
            folder.Append([.. taken.SelectMany(static pending => pending.Parts)], taken.Count, taken[0].Request.ReceivedAt);
            if (taken.Count == group.Count)
            {
                Interlocked.Exchange(ref _refusedAt, 0);
            }

            taken.ForEach(static pending => pending.Taken.TrySetResult(true));
        }
    }

    private void NoteRefused() => Interlocked.Exchange(ref _refusedAt, _clock.GetUtcNow().UtcTicks);

    private bool RefusedLately() => Interlocked.Read(ref _refusedAt) is not 0 and var at && _clock.GetUtcNow().UtcTicks - at < s_doubt.Ticks;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The spool is full ({MaxBytes} bytes); senders are told to try again")]
    private partial void LogFull(long maxBytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The spool can't be written; senders are told to try again")]
    private partial void LogNotWritten(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The spool's folder can't be used (does another server have this data directory?); senders are told to try again while the database is away")]
    private partial void LogNoFolder(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Requests} requests ({Bytes} bytes) are in the spool from before; they are stored now")]
    private partial void LogTakenUp(long requests, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Files} files of what couldn't be stored lie in the spool's folder set-aside; post them again, or delete them")]
    private partial void LogSetAsideBefore(int files);

    [LoggerMessage(Level = LogLevel.Error, Message = "What can't be stored was set aside: {Path} (token {TokenKey}, {Bytes} bytes)")]
    private partial void LogSetAside(string path, int? tokenKey, long bytes);

    private sealed record Pending(ReceivedRequest Request, ReadOnlyMemory<byte>[] Parts)
    {
        public long Bytes { get; } = Parts.Sum(static part => (long)part.Length);

        public TaskCompletionSource<bool> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Trouble(string Text, DateTime At);
}
