namespace ActivityLog.Tests.Support;

/// <summary>Tests that watch the process itself, or hold the product to its deadlines: they run when no others do, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
