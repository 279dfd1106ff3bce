using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What a scope says, free of how it was decoded.</summary>
internal sealed class ScopeAttributes
{
    /// <summary>Its attributes, the last of equal names.</summary>
    public Dictionary<AttributeName, AttributeValue> Attributes { get; init; } = [];

    /// <summary>Its name; empty for none.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its version; empty for none.</summary>
    public string Version { get; set; } = "";

    /// <summary>Those of the generated class.</summary>
    public static ScopeAttributes Of(InstrumentationScope? scope) => scope is null ? new() : new()
    {
        Attributes = AnyValues.ReadAll(scope.Attributes),
        Name = scope.Name,
        Version = scope.Version,
    };
}
