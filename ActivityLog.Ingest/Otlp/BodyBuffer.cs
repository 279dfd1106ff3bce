using System.Buffers;

namespace ActivityLog.Ingest.Otlp;

/// <summary>A pooled buffer that grows as a body is read, within a <see cref="BufferBudget"/> and a largest size.</summary>
internal sealed class BodyBuffer(BufferBudget budget, int maxBytes) : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    // A size is but said; memory beyond this is for bytes that came.
    private const int MaxFirstBytes = 256 * 1024;

    private byte[] _bytes = [];

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public int Length { get; private set; }

    /// <summary>Reads the stream to its end. Takes memory for what has come, at most three times as much while it grows, whatever is said to come.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="expectedBytes">How much will come, where that is known; else 0.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<BodyOutcome> FillAsync(Stream stream, int expectedBytes, CancellationToken cancellationToken)
    {
        // One byte more than expected, so that the end is seen without growing.
        if (!TryGrow(Math.Clamp(expectedBytes + 1, FirstBytes, MaxFirstBytes)))
        {
            return BodyOutcome.NoMemory;
        }

        while (true)
        {
            if (Length == _bytes.Length && !TryGrow((int)Math.Min(2L * _bytes.Length, (long)maxBytes + 1)))
            {
                return BodyOutcome.NoMemory;
            }

            var read = await stream.ReadAsync(_bytes.AsMemory(Length), cancellationToken);
            Length += read;
            if (Length > maxBytes)
            {
                return BodyOutcome.TooLarge;
            }

            if (read == 0)
            {
                return BodyOutcome.Whole;
            }
        }
    }

    /// <summary>Adds to the end; false when there is no memory for it.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length && !TryGrow(Length + bytes.Length))
        {
            return false;
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        return true;
    }

    /// <summary>Takes these bytes off the end, if it ends with them.</summary>
    public bool TryRemoveEnd(ReadOnlySpan<byte> bytes)
    {
        var isThere = Written.Span.EndsWith(bytes);
        Length -= isThere ? bytes.Length : 0;
        return isThere;
    }

    /// <summary>A stream over what was read from <paramref name="start"/> on.</summary>
    public Stream AsStream(int start) => new MemoryStream(_bytes, start, Length - start, writable: false);

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            budget.Return(_bytes.Length);
            _bytes = [];
            Length = 0;
        }
    }

    private bool TryGrow(int size)
    {
        // Pools give the next power of two: that is what is counted.
        var rented = ArrayPool<byte>.Shared.Rent(size);
        if (!budget.TryTake(rented.Length))
        {
            ArrayPool<byte>.Shared.Return(rented);
            return false;
        }

        var old = _bytes;
        old.AsSpan(0, Length).CopyTo(rented);
        _bytes = rented;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
            budget.Return(old.Length);
        }

        return true;
    }
}
