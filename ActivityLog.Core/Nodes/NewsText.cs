using System.Globalization;

namespace ActivityLog.Core.Nodes;

/// <summary>What one node tells the others, as text: who tells it, what of, and numbers of Systems only.</summary>
/// <param name="Node">The node that tells it.</param>
/// <param name="SystemKeys">Numbers of the Systems that have new messages; null where tokens or Systems changed.</param>
internal sealed record NewsText(string Node, IReadOnlyList<int>? SystemKeys)
{
    /// <summary>Most Systems of one text: it holds 8,000 bytes.</summary>
    public const int MaxSystems = 600;

    private const string Tokens = "tokens";
    private const string Messages = "messages";

    /// <summary>Reads a text; null when it isn't one, such as that of a later version.</summary>
    public static NewsText? TryParse(string text)
    {
        var words = text.Split(' ');
        if (words.Length == 2 && words[1] == Tokens)
        {
            return new(words[0], null);
        }

        if (words.Length < 2 || words[1] != Messages)
        {
            return null;
        }

        var keys = new List<int>(words.Length - 2);
        foreach (var word in words.Skip(2))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var key))
            {
                return null;
            }

            keys.Add(key);
        }

        return new(words[0], keys);
    }

    public override string ToString() =>
        SystemKeys is null ? $"{Node} {Tokens}" : string.Join(' ', SystemKeys.Select(static key => key.ToString(CultureInfo.InvariantCulture)).Prepend(Messages).Prepend(Node));
}
