namespace ActivityLog.Core.Storage;

/// <summary>The folder of what the server keeps outside a database server; made when first asked for.</summary>
public sealed class DataDirectory(string contentRoot, string configured)
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(contentRoot, configured)).FullName;

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
