using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Rows in the form of a binary COPY: each value a length, -1 for null, and its bytes, big-endian. Keeps its memory from batch to batch; not for two threads at once.</summary>
internal sealed class CopyBuffer : IDisposable
{
    // What comes with each connection; a batch that needed more gives it back.
    private const int KeptBytes = 1024 * 1024;
    private const int FirstBytes = 64 * 1024;
    private const byte JsonbVersion = 1;

    private static readonly byte[] s_header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptBytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
        }
    }

    /// <summary>What a COPY begins with.</summary>
    public void WriteHeader() => s_header.CopyTo(Take(s_header.Length));

    /// <summary>What a COPY ends with.</summary>
    public void WriteEnd() => WriteRow(-1);

    /// <summary>Begins a row of so many columns.</summary>
    public void WriteRow(short columns) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), columns);

    public void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);

    public void Write(short value)
    {
        var room = Take(sizeof(int) + sizeof(short));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(room[sizeof(int)..], value);
    }

    public void Write(int value)
    {
        var room = Take(sizeof(int) + sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room[sizeof(int)..], value);
    }

    public void Write(long value)
    {
        var room = Take(sizeof(int) + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(room[sizeof(int)..], value);
    }

    public void Write(short? value)
    {
        if (value is { } number)
        {
            Write(number);
        }
        else
        {
            WriteNull();
        }
    }

    public void Write(int? value)
    {
        if (value is { } number)
        {
            Write(number);
        }
        else
        {
            WriteNull();
        }
    }

    public void Write(long? value)
    {
        if (value is { } number)
        {
            Write(number);
        }
        else
        {
            WriteNull();
        }
    }

    public void Write(double? value) => Write(value is { } number ? BitConverter.DoubleToInt64Bits(number) : null);

    public void Write(byte[]? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void Write(string? text)
    {
        if (text is null)
        {
            WriteNull();
        }
        else
        {
            WriteText(text, []);
        }
    }

    /// <summary>JSON for a column of the type jsonb.</summary>
    public void WriteJson(string json) => WriteText(json, [JsonbVersion]);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void WriteText(string text, ReadOnlySpan<byte> prefix)
    {
        // Room for the longest that it can be, of which what isn't used is given back.
        var start = Length;
        var room = Take(sizeof(int) + prefix.Length + Encoding.UTF8.GetMaxByteCount(text.Length));
        prefix.CopyTo(room[sizeof(int)..]);
        var length = prefix.Length + Encoding.UTF8.GetBytes(text, room[(sizeof(int) + prefix.Length)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        Length = start + sizeof(int) + length;
    }

    private Span<byte> Take(int size)
    {
        if (_bytes.Length - Length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, Length + size));
            Written.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var room = _bytes.AsSpan(Length, size);
        Length += size;
        return room;
    }
}
