namespace ActivityLog.Core.Storage;

/// <summary>A row of <c>settings</c>: what the installation made or was told once, such as the key that signs access tokens.</summary>
public sealed class SettingRow
{
    /// <summary>Name of the setting.</summary>
    public required string Name { get; set; }

    /// <summary>Its value.</summary>
    public required string Value { get; set; }
}
