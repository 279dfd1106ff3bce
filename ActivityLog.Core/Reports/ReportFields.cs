using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>What reports can be filtered by.</summary>
internal static class ReportFields
{
    /// <summary>The person.</summary>
    public static QueryField User { get; } =
        new() { Name = "user", Kind = FieldKind.Name, Sql = "m.user_id", Names = NameKind.User, Description = "A person's name as stored." };

    /// <summary>The model.</summary>
    public static QueryField Model { get; } =
        new() { Name = "model", Kind = FieldKind.Name, Sql = "m.model_id", Names = NameKind.Model, Description = "A model." };

    /// <summary>The sender's service.name.</summary>
    public static QueryField Service { get; } =
        new() { Name = "serviceName", Kind = FieldKind.Name, Sql = "m.service_id", Names = NameKind.Service, Description = "service.name of the sender." };

    /// <summary>An attribute.</summary>
    public static QueryField Attribute(string key) =>
        new() { Name = FieldTable.MetadataPrefix + key, Kind = FieldKind.Metadata, Sql = key, Description = $"The attribute {key}." };

    /// <summary>The table; attributes besides.</summary>
    public static FieldTable Table { get; } = new(
        [new() { Name = "systemId", Kind = FieldKind.System, Sql = "m.system_key", Description = "Id of a System." }, User, Model, Service]);
}
