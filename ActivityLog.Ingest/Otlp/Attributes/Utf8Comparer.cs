using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>Compares bytes, so that what was received finds what is kept without a copy.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    // A seed of its own in each process: names can't be made to collide from outside.
    private static readonly long s_seed = Random.Shared.NextInt64();

    public static Utf8Comparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x is null || y is null ? ReferenceEquals(x, y) : x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate, s_seed);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
