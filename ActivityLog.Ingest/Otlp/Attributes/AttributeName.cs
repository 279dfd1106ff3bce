using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>
/// A name of an attribute with everything that follows from it, made once for all records: senders repeat the same few names on each.
/// Equal by text; in the order of the keys of PostgreSQL's jsonb, which needn't sort them then. Safe to use from many threads.
/// </summary>
internal sealed class AttributeName : IEquatable<AttributeName>, IComparable<AttributeName>
{
    // Past this many, all are made again; longer ones are made each time.
    private const int MaxRemembered = 10_000;
    private const int MaxRememberedBytes = 256;

    private const ulong RecordSeed = 3;

    private static readonly ConcurrentDictionary<byte[], AttributeName> s_known = new(Utf8Comparer.Instance);
    private static readonly ConcurrentDictionary<byte[], AttributeName>.AlternateLookup<ReadOnlySpan<byte>> s_lookUp =
        s_known.GetAlternateLookup<ReadOnlySpan<byte>>();

    private static int s_remembered;

    /// <summary>The name of an attribute that has none.</summary>
    public static AttributeName Empty { get; } = new("");

    private readonly int _hashCode;
    private readonly int _utf8Length;

    private AttributeName(string text)
    {
        Text = text;
        _hashCode = string.GetHashCode(text, StringComparison.Ordinal);
        _utf8Length = Encoding.UTF8.GetByteCount(text);
        Json = JsonEncodedText.Encode(text, AnyValues.JsonOptions.Encoder);
        Row = AttributeTable.Find(text);
        OfRecordHash = HashOf(RecordSeed);
        ResourceWins = text.StartsWith("user.", StringComparison.Ordinal) || text is "enduser.id" or "service.name";
        IsRepeated = ResourceWins || text is
            "session.id" or "gen_ai.conversation.id" or "terminal.type" or "organization.id" or "anthropic.provider" or "anthropic.custom_base_url"
            or "app.version" or "app.entrypoint" or "gen_ai.provider.name" or "gen_ai.system" or "vcs.repository.url.full";
    }

    public string Text { get; }

    /// <summary>It, as JSON has it.</summary>
    public JsonEncodedText Json { get; }

    /// <summary>What is known of it; nothing for most.</summary>
    public AttributeRow Row { get; }

    /// <summary>Whether somebody set it on purpose where he set it on the resource: a person, the service's name.</summary>
    public bool ResourceWins { get; }

    /// <summary>Whether a session repeats it on each of its records.</summary>
    public bool IsRepeated { get; }

    /// <summary>Its hash as the seed of the hash of a record's attribute.</summary>
    public ulong OfRecordHash { get; }

    /// <summary>Its hash as the seed of the hash of an attribute, by where that stands.</summary>
    public ulong HashOf(ulong seed) => AttributeValue.Text(Text).Hash(seed);

    /// <summary>The name with this text.</summary>
    public static AttributeName Of(ReadOnlySpan<byte> utf8)
    {
        if (s_lookUp.TryGetValue(utf8, out var known))
        {
            return known;
        }

        var name = new AttributeName(Utf8Text.ReadRepaired(utf8));
        Remember(utf8, name);
        return name;
    }

    /// <summary>The name with this text, with what can't be kept replaced.</summary>
    public static AttributeName Of(string text)
    {
        text = TextRules.Repair(text);
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = size <= 1024 ? stackalloc byte[1024] : new byte[size];
        return Of(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    public bool Equals(AttributeName? other) =>
        ReferenceEquals(this, other) || (other is not null && _hashCode == other._hashCode && Text == other.Text);

    public int CompareTo(AttributeName? other) => other is null ? 1
        : _utf8Length != other._utf8Length ? _utf8Length.CompareTo(other._utf8Length)
        : string.CompareOrdinal(Text, other.Text);

    public override bool Equals(object? obj) => Equals(obj as AttributeName);

    public override int GetHashCode() => _hashCode;

    public override string ToString() => Text;

    private static void Remember(ReadOnlySpan<byte> utf8, AttributeName name)
    {
        if (utf8.Length > MaxRememberedBytes)
        {
            return;
        }

        if (Interlocked.Increment(ref s_remembered) > MaxRemembered)
        {
            Interlocked.Exchange(ref s_remembered, 0);
            s_known.Clear();
        }

        s_known.TryAdd(utf8.ToArray(), name);
    }
}
