using ActivityLog.Core.Storage;
using Microsoft.Win32.SafeHandles;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>
/// The spool's files: segments, each a row of records that only grows, and the position up to which they are stored. A segment that is stored whole is deleted.
/// One process has the folder at a time; after a restart it writes a new segment, so that nothing stands behind what a crash tore. Safe to call from many threads.
/// </summary>
internal sealed class SpoolFolder : IDisposable
{
    private const string PositionName = "position";
    private const string LockName = "lock";
    private const string SetAsideName = "set-aside";

    // A segment takes no more once it has this many bytes: what is stored is freed in pieces of this size.
    private const long SegmentBytes = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly FileStream _owned;
    private readonly LinkedList<SpoolSegment> _segments = [];
    private readonly SetAsideFiles _setAside;
    private SafeFileHandle? _writing;
    private SpoolPlace _position;
    private long _next = 1;
    private long _requests;
    private DateTime? _oldestAt;

    private SpoolFolder(string path, FileStream owned)
    {
        _path = path;
        _owned = owned;
        _setAside = new(Path.Combine(path, SetAsideName));
    }

    /// <summary>Bytes of all its files.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _segments.Sum(static s => s.Bytes) + _setAside.Bytes;
            }
        }
    }

    /// <summary>Files of what couldn't be stored.</summary>
    public int SetAsideFiles
    {
        get
        {
            lock (_lock)
            {
                return _setAside.Count;
            }
        }
    }

    /// <summary>Requests that wait, and when the oldest of them came. Those behind damage are counted when they are reached.</summary>
    public (long Requests, DateTime? OldestAt) Waiting
    {
        get
        {
            lock (_lock)
            {
                return (_requests, _oldestAt);
            }
        }
    }

    /// <summary>Whether nothing waits, damaged or not.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _segments.Count == 0;
            }
        }
    }

    /// <summary>Takes up the folder as it was left, making it where there is none.</summary>
    /// <exception cref="IOException">Another process has it, or the disk doesn't take it.</exception>
    public static SpoolFolder Open(string path)
    {
        DurableFile.CreateDirectory(path);
        var owned = new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var folder = new SpoolFolder(path, owned);
        try
        {
            folder.TakeUp();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Adds records; they are durable when this returns.</summary>
    /// <exception cref="IOException">The disk takes no more; none was added.</exception>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> parts, int requests, DateTime firstAt)
    {
        lock (_lock)
        {
            var last = _segments.Last?.Value;
            var segment = _writing is null || last is null || last.Bytes >= SegmentBytes ? Begin() : last;
            try
            {
                _writing ??= Create(Path.Combine(_path, segment.Name));
                RandomAccess.Write(_writing, parts, segment.Bytes);
                RandomAccess.FlushToDisk(_writing);
                if (segment.Bytes == 0)
                {
                    DurableFile.SyncDirectory(_path);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                TakeBack(segment);
                throw exception as IOException ?? new IOException(exception.Message, exception);
            }

            if (segment.Bytes == 0)
            {
                _segments.AddLast(segment);
            }

            segment.Bytes += parts.Sum(static part => (long)part.Length);
            _requests += requests;
            _oldestAt ??= firstAt;
        }
    }

    /// <summary>Reads what stands behind a place; behind the position where none is given.</summary>
    /// <returns>What is there; null at the end.</returns>
    /// <exception cref="IOException">The disk can't be read.</exception>
    public SpoolItem? Read(SpoolPlace? after = null)
    {
        SpoolPlace place;
        long end;
        lock (_lock)
        {
            place = after ?? _position;
            var segment = _segments.FirstOrDefault(s => s.Number > place.Segment || (s.Number == place.Segment && s.Bytes > place.Offset));
            if (segment is null)
            {
                return null;
            }

            place = segment.Number == place.Segment ? place : new(segment.Number, 0);
            end = segment.Bytes;
        }

        using var file = File.OpenHandle(Path.Combine(_path, SpoolSegment.NameOf(place.Segment)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return SpoolReader.Read(file, place, end);
    }

    /// <summary>Notes that all up to a place is stored, and frees what is behind.</summary>
    /// <param name="place">Up to where.</param>
    /// <param name="requests">Requests that were between the position and there.</param>
    /// <exception cref="IOException">The disk doesn't take the note.</exception>
    public void Advance(SpoolPlace place, int requests)
    {
        lock (_lock)
        {
            while (_segments.First is { Value: var first } && (first.Number < place.Segment || (first.Number == place.Segment && place.Offset >= first.Bytes)))
            {
                if (_segments.Count == 1)
                {
                    Close();
                }

                File.Delete(Path.Combine(_path, first.Name));
                _segments.RemoveFirst();
            }

            _position = place;
            _requests = _segments.Count == 0 ? 0 : Math.Max(0, _requests - requests);
            _oldestAt = null;
            SpoolPosition.Write(Path.Combine(_path, PositionName), place);
            if (Read() is { Request: var next })
            {
                _oldestAt = next?.ReceivedAt;
            }
        }
    }

    /// <summary>Puts what can't be stored into a file of its own.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public string SetAside(SpoolItem item)
    {
        lock (_lock)
        {
            return _setAside.Add(item, Path.Combine(_path, SpoolSegment.NameOf(item.Start.Segment)));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Close();
        }

        _owned.Dispose();
    }

    private void TakeUp()
    {
        _position = SpoolPosition.Read(Path.Combine(_path, PositionName));
        _next = _position.Segment + 1;
        foreach (var file in new DirectoryInfo(_path).GetFiles("*" + SpoolSegment.Suffix).OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            if (!SpoolSegment.TryParse(file.Name, out var number))
            {
                continue;
            }

            _next = Math.Max(_next, number + 1);
            var start = number == _position.Segment ? _position.Offset : 0;
            if (number < _position.Segment || start >= file.Length)
            {
                file.Delete();
                continue;
            }

            using var handle = File.OpenHandle(file.FullName);
            var (requests, firstAt) = SpoolReader.Count(handle, start, file.Length);
            _requests += requests;
            _oldestAt ??= firstAt;
            _segments.AddLast(new SpoolSegment(number) { Bytes = file.Length });
        }
    }

    private SpoolSegment Begin()
    {
        Close();
        return new(_next++);
    }

    private static SafeFileHandle Create(string path)
    {
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, DurableFile.OwnerOnly);
        }

        return handle;
    }

    // The next append begins a segment: nothing stands behind what may be torn.
    private void TakeBack(SpoolSegment segment)
    {
        try
        {
            if (_writing is not null)
            {
                RandomAccess.SetLength(_writing, segment.Bytes);
                RandomAccess.FlushToDisk(_writing);
            }

            if (segment.Bytes == 0)
            {
                File.Delete(Path.Combine(_path, segment.Name));
            }
        }
        catch (IOException)
        {
            // The disk doesn't even take less. What remains is read after a restart as damaged, or as requests that nobody was promised: neither does harm.
        }

        Close();
    }

    private void Close()
    {
        _writing?.Dispose();
        _writing = null;
    }
}
