using System.Globalization;
using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>OTLP times: nanoseconds since 1970.</summary>
internal static class OtlpTime
{
    private static readonly DateTime s_earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// The UTC time; null for 0, which means none, and for what no clock says: before 2000 (a unit mistaken) or more than ten years after arrival.
    /// A clock that is merely wrong is taken at its word.
    /// </summary>
    public static DateTime? Read(ulong unixNanoseconds, DateTime receivedAt)
    {
        var time = DateTime.UnixEpoch.AddTicks((long)(unixNanoseconds / 100));
        return time < s_earliest || time > receivedAt.AddYears(10) ? null : time;
    }

    /// <summary>The metadata key that keeps a time that no clock says.</summary>
    public const string UnusableName = "time.unusable";

    public static AttributeValue Unusable(ulong unixNanoseconds) => AttributeValue.Text(unixNanoseconds.ToString(CultureInfo.InvariantCulture));
}
