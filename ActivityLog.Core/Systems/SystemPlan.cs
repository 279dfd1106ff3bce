using System.Text.Json.Serialization;

namespace ActivityLog.Core.Systems;

/// <summary>Decides how much of a message's body is kept (see <see cref="PlanOptions"/>). Stored as its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SystemPlan>))]
public enum SystemPlan : short
{
    /// <summary>256 characters of a body, unless configured otherwise.</summary>
    Free = 1,

    /// <summary>4,096 characters of a body, unless configured otherwise.</summary>
    Pro = 2,

    /// <summary>The whole body, unless configured otherwise.</summary>
    Enterprise = 3,
}
