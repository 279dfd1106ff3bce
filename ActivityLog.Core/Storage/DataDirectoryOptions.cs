using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Core.Storage;

/// <summary>The folder of what the server keeps outside a database server.</summary>
public sealed class DataDirectoryOptions
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "ActivityLog";

    /// <summary>The folder, made at first start; relative to the content root.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";
}
