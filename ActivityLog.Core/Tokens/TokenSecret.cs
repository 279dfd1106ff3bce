using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ActivityLog.Core.Tokens;

/// <summary>Makes and hashes the secrets of tokens.</summary>
public static class TokenSecret
{
    /// <summary>What every secret starts with.</summary>
    public const string Start = "al_";

    /// <summary>Characters of a secret that are kept in clear, to tell tokens apart.</summary>
    public const int PrefixLength = 7;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const int RandomLength = 40;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <summary>A new secret: <c>al_</c> and 40 letters and digits, 238 random bits.</summary>
    public static string Create() => Start + RandomNumberGenerator.GetString(Alphabet, RandomLength);

    /// <summary>Whether a text could be a secret; what couldn't needn't be looked for.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Start.Length + RandomLength && text.StartsWith(Start, StringComparison.Ordinal) && text.AsSpan(Start.Length).IndexOfAnyExcept(s_alphabet) < 0;

    /// <summary>The first characters of a secret.</summary>
    public static string Prefix(string secret) => secret[..Math.Min(PrefixLength, secret.Length)];

    /// <summary>SHA-256 of a secret: all of it that is kept.</summary>
    public static byte[] Hash(ReadOnlySpan<char> secret)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(secret)];
        Encoding.UTF8.GetBytes(secret, bytes);
        return SHA256.HashData(bytes);
    }
}
