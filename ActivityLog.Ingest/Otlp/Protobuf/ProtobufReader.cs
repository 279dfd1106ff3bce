using System.Buffers.Binary;
using ActivityLog.Ingest.Otlp.Attributes;
using Google.Protobuf;

namespace ActivityLog.Ingest.Otlp.Protobuf;

/// <summary>Reads the fields of a protobuf message where they lie, and takes and refuses what the generated classes take and refuse.</summary>
internal ref struct ProtobufReader
{
    /// <summary>The wire types, which stand in the last three bits of a tag.</summary>
    public const uint Number = 0, EightBytes = 1, Sized = 2, FourBytes = 5;

    private const int MaxDepth = 100;
    private const int MaxVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _end;
    private readonly int _depth;
    private int _position;

    public ProtobufReader(ReadOnlySpan<byte> body)
        : this(body, 0, body.Length, 0)
    {
    }

    private ProtobufReader(ReadOnlySpan<byte> body, int position, int end, int depth)
    {
        _body = body;
        _position = Start = position;
        _end = end;
        _depth = depth;
    }

    /// <summary>The field that the reader stands on: number and wire type, as on the wire.</summary>
    public uint Tag { get; private set; }

    /// <summary>Where the message starts in the body.</summary>
    public int Start { get; }

    public readonly int Length => _end - Start;

    /// <summary>The body that the message is in.</summary>
    public readonly ReadOnlySpan<byte> Body => _body;

    /// <summary>The whole message.</summary>
    public readonly ReadOnlySpan<byte> Whole => _body[Start.._end];

    /// <summary>Goes to the next field; false behind the last.</summary>
    /// <exception cref="OtlpDecodeException">It isn't protobuf.</exception>
    public bool Next()
    {
        if (_position == _end)
        {
            return false;
        }

        // Longer than 32 bits: the rest is dropped, as the generated classes do.
        Tag = (uint)Varint();
        return WireFormat.GetTagFieldNumber(Tag) == 0 ? throw Broken("a field has the number 0")
            : WireFormat.GetTagWireType(Tag) == WireFormat.WireType.EndGroup ? throw Broken("a group ends that didn't begin")
            : true;
    }

    public ulong Varint()
    {
        if (_position < _end && _body[_position] is var single and < 0x80)
        {
            _position++;
            return single;
        }

        var value = 0UL;
        for (var i = 0; i < MaxVarintBytes; i++)
        {
            if (_position == _end)
            {
                throw CutOff();
            }

            var next = _body[_position++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number is too long");
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public ReadOnlySpan<byte> Bytes() => Take(Size());

    /// <summary>Text, whatever is in it.</summary>
    public string Text() => Utf8Text.Read(Bytes());

    /// <summary>A reader of the message that the field holds.</summary>
    public ProtobufReader Message()
    {
        if (_depth >= MaxDepth)
        {
            throw Broken("messages are nested too deep");
        }

        var size = Size();
        var message = new ProtobufReader(_body, _position, _position + size, _depth + 1);
        _position += size;
        return message;
    }

    /// <summary>Goes past the field.</summary>
    public void Skip() => Skip(Tag, _depth);

    private void Skip(uint tag, int depth)
    {
        switch (WireFormat.GetTagWireType(tag))
        {
            case WireFormat.WireType.Varint:
                Varint();
                break;
            case WireFormat.WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireFormat.WireType.Fixed32:
                Take(sizeof(uint));
                break;
            case WireFormat.WireType.LengthDelimited:
                Take(Size());
                break;
            case WireFormat.WireType.StartGroup:
                SkipGroup(WireFormat.GetTagFieldNumber(tag), depth + 1);
                break;
            default:
                // The two types that don't exist have no length; the generated classes go on behind the tag, too.
                break;
        }
    }

    private void SkipGroup(int field, int depth)
    {
        if (depth >= MaxDepth)
        {
            throw Broken("groups are nested too deep");
        }

        while (true)
        {
            var tag = (uint)Varint();
            if (WireFormat.GetTagFieldNumber(tag) == 0)
            {
                throw Broken("a field has the number 0");
            }

            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.EndGroup)
            {
                if (WireFormat.GetTagFieldNumber(tag) != field)
                {
                    throw Broken("a group ends that didn't begin");
                }

                return;
            }

            Skip(tag, depth);
        }
    }

    private int Size()
    {
        var size = (int)(uint)Varint();
        return size < 0 ? throw Broken("a length is negative") : size > _end - _position ? throw CutOff() : size;
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size > _end - _position)
        {
            throw CutOff();
        }

        var bytes = _body.Slice(_position, size);
        _position += size;
        return bytes;
    }

    private static OtlpDecodeException CutOff() => new("the protobuf can't be read: it is cut off");

    private static OtlpDecodeException Broken(string what) => new($"the protobuf can't be read: {what}");
}
