using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Core.Systems;

/// <summary>How many characters of a body each plan keeps.</summary>
public sealed class PlanOptions
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "ActivityLog:Plans";

    /// <summary>Characters of a body that the Free plan keeps.</summary>
    [Range(0, int.MaxValue)]
    public int FreeBodyCharacters { get; set; } = 256;

    /// <summary>Characters of a body that the Pro plan keeps.</summary>
    [Range(0, int.MaxValue)]
    public int ProBodyCharacters { get; set; } = 4096;

    /// <summary>Characters of a body that the Enterprise plan keeps; the default keeps all that a request may hold.</summary>
    [Range(0, int.MaxValue)]
    public int EnterpriseBodyCharacters { get; set; } = int.MaxValue;

    /// <summary>Characters of a body that a plan keeps.</summary>
    public int BodyCharacters(SystemPlan plan) => plan switch
    {
        SystemPlan.Free => FreeBodyCharacters,
        SystemPlan.Pro => ProBodyCharacters,
        _ => EnterpriseBodyCharacters,
    };
}
