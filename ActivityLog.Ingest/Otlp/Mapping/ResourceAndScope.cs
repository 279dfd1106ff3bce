using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What stands above records, free of how it was decoded.</summary>
internal sealed class ResourceAndScope
{
    /// <summary>The resource's attributes, the last of equal names.</summary>
    public Dictionary<AttributeName, AttributeValue> Resource { get; init; } = [];

    /// <summary>The scope's attributes, the last of equal names.</summary>
    public Dictionary<AttributeName, AttributeValue> Scope { get; init; } = [];

    /// <summary>Name of the scope; empty for none.</summary>
    public string ScopeName { get; set; } = "";

    /// <summary>Version of the scope; empty for none.</summary>
    public string ScopeVersion { get; set; } = "";

    /// <summary>Those of the generated classes.</summary>
    public static ResourceAndScope Of(Resource? resource, InstrumentationScope? scope) => new()
    {
        Resource = resource is null ? [] : AnyValues.ReadAll(resource.Attributes),
        Scope = scope is null ? [] : AnyValues.ReadAll(scope.Attributes),
        ScopeName = scope?.Name ?? "",
        ScopeVersion = scope?.Version ?? "",
    };
}
