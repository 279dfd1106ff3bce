namespace ActivityLog.Tests.Support;

/// <summary>Tests that watch the process itself, and so run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
