namespace ActivityLog.Tests.Faults;

/// <summary>Tests that hold the product to its deadlines run by themselves, so that they measure it and not one another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunAlone
{
    public const string Name = "Alone";
}
