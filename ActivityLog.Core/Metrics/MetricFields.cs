using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Metrics;

/// <summary>
/// The fields of a metric point that can be filtered by, grouped by or summed, a row a field (SQL with <c>m</c> for point and series together).
/// </summary>
public static class MetricFields
{
    /// <summary>The table.</summary>
    public static FieldTable Table { get; } = new(
    [
        Of("name", FieldKind.Name, "m.name_id", "Name of the metric, such as claude_code.cost.usage.", NameKind.Name),
        Of("unit", FieldKind.Text, "m.unit", "Unit, as sent."),
        Of("serviceName", FieldKind.Name, "m.service_id", "service.name of the sender.", NameKind.Service),
        Of("model", FieldKind.Name, "m.model_id", "The model, where the point names one.", NameKind.Model),
        Of("userName", FieldKind.Name, "m.user_id", "The person.", NameKind.User),
        Of("sessionId", FieldKind.Text, "m.session_id", "The sender's session id."),
        Of("systemId", FieldKind.System, "m.system_key", "Id of the System."),
        Of("tokenId", FieldKind.Token, "m.token_key", "Id of the token it came with."),
        new()
        {
            Name = "value",
            Kind = FieldKind.Number,
            Sql = "m.told",
            CanGroup = false,
            Description = "What the point adds (of cumulative series the increase); of gauges the value; of histograms and summaries the sum of the observations, none where they came without one. In the metric's unit.",
        },
        new()
        {
            Name = "observations",
            Kind = FieldKind.Whole,
            Sql = "m.count_increment",
            CanGroup = false,
            Description = "Of histograms and summaries the number of observations that the point adds (of cumulative series the increase).",
        },
    ]);

    /// <summary>The field that holds the metric's name.</summary>
    public static QueryField Name { get; } = Table.Find("name")!;

    private static QueryField Of(string name, FieldKind kind, string sql, string description, NameKind? names = null) =>
        new() { Name = name, Kind = kind, Sql = sql, Names = names, Description = description };
}
