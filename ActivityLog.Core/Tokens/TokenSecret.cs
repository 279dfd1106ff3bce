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

    /// <summary>A new secret: <c>al_</c> and 40 letters and digits, 238 random bits.</summary>
    public static string Create() => Start + RandomNumberGenerator.GetString(Alphabet, 40);

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
