using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>What the increments of a series are summed up by.</summary>
internal readonly record struct MetricDimensions(int System, int Name, int? User, int? Model, int? Service, SummarySet Set)
{
    private static readonly string[] s_columns = ["system_key", "series_key", "name_id", "service_id", "user_id", "model_id", "attribute_set_key"];

    /// <summary>Number of the columns that decide it, with metadata.</summary>
    public static int Count => s_columns.Length + 1;

    /// <summary>Those of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="rules">How to sum up.</param>
    /// <param name="attributes">JSON of its attribute set; null for one that was looked through before, or that isn't there.</param>
    public static MetricDimensions Of(MetricSeriesRow series, SummaryRules rules, string? attributes) => new(
        series.SystemKey, series.NameId, series.UserId, series.ModelId, series.ServiceId,
        rules.OfPoints.Of(series.AttributeSetKey, attributes, series.Metadata).Set);

    /// <summary>The columns of a series that decide it.</summary>
    /// <param name="series">Name of the row, with its dot.</param>
    /// <param name="metadata">SQL of its metadata as text.</param>
    public static string Columns(string series, string metadata) =>
        $"{string.Join(", ", s_columns.Select(name => series + name))}, {metadata}";

    /// <summary>The series, with these columns only.</summary>
    public static MetricSeriesRow Read(DbDataReader reader) => new()
    {
        SystemKey = reader.GetInt32(0),
        SeriesKey = reader.GetInt64(1),
        NameId = reader.GetInt32(2),
        ServiceId = Int32(reader, 3),
        UserId = Int32(reader, 4),
        ModelId = Int32(reader, 5),
        AttributeSetKey = reader.GetInt64(6),
        Metadata = reader.GetString(7),
    };

    private static int? Int32(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt32(at);
}
