using System.Globalization;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>One of the spool's files.</summary>
/// <param name="Number">Its place in the row of segments.</param>
internal sealed record SpoolSegment(long Number)
{
    /// <summary>How the names of segments end.</summary>
    public const string Suffix = ".spool";

    /// <summary>Its file's name; names sort as numbers do.</summary>
    public string Name => NameOf(Number);

    /// <summary>Its bytes that are durable.</summary>
    public long Bytes { get; set; }

    public static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{number:D10}{Suffix}");

    /// <summary>The number in a file's name; false for what is no segment.</summary>
    public static bool TryParse(string name, out long number) =>
        long.TryParse(Path.GetFileNameWithoutExtension(name), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
