namespace ActivityLog.Core.Storage;

/// <summary>What a row of the names table names. Stored as its number: never renumber.</summary>
public enum NameKind : short
{
    /// <summary>Message and metric names.</summary>
    Name = 1,

    /// <summary><c>service.name</c>.</summary>
    Service = 2,

    /// <summary>Models.</summary>
    Model = 3,

    /// <summary>Providers of models.</summary>
    Provider = 4,

    /// <summary>People, as senders name them.</summary>
    User = 5,

    /// <summary>Tools.</summary>
    Tool = 6,

    /// <summary>Agents.</summary>
    Agent = 7,
}
