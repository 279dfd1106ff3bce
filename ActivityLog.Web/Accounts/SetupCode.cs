using System.Security.Cryptography;
using System.Text;

namespace ActivityLog.Web.Accounts;

/// <summary>
/// The code that proves that who sets up the first admin can read the console. Kept in memory of this process only; after some wrong tries another one
/// takes its place, so that it can't be guessed. Safe to call from many threads.
/// </summary>
internal sealed class SetupCode
{
    private const int MaxFailures = 10;
    private const int Length = 8;

    // Without what looks alike: I and 1, O and 0, L.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private readonly Lock _lock = new();
    private string _code = Make();
    private int _failures;

    /// <summary>Tells the new code, after too many wrong tries.</summary>
    public event Action<string>? Changed;

    /// <summary>The code as printed: <c>XXXX-XXXX</c>.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return $"{_code[..(Length / 2)]}-{_code[(Length / 2)..]}";
            }
        }
    }

    /// <summary>Whether this is the code; dashes, spaces and case don't matter.</summary>
    public bool Matches(string? text)
    {
        var typed = Encoding.UTF8.GetBytes((text ?? "").Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());
        lock (_lock)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(_code)))
            {
                return true;
            }

            if (++_failures < MaxFailures)
            {
                return false;
            }

            (_code, _failures) = (Make(), 0);
        }

        Changed?.Invoke(Text);
        return false;
    }

    private static string Make() => RandomNumberGenerator.GetString(Alphabet, Length);
}
