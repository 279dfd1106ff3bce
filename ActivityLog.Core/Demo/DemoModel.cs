namespace ActivityLog.Core.Demo;

/// <summary>A model and its list prices, in nanodollars a token.</summary>
/// <param name="Name">As the sender names it.</param>
/// <param name="Input">Uncached input.</param>
/// <param name="Output">Output.</param>
/// <param name="CacheRead">Read from a cache.</param>
/// <param name="CacheCreate">Written to a cache that lives for five minutes.</param>
/// <param name="MsPerToken">How long an output token takes.</param>
internal sealed record DemoModel(string Name, long Input, long Output, long CacheRead, long CacheCreate, double MsPerToken)
{
    /// <summary>What a call costs, in nanodollars.</summary>
    public long CostOf(DemoUsage usage) => (usage.Input * Input) + (usage.Output * Output) + (usage.CacheRead * CacheRead) + (usage.CacheCreate * CacheCreate);
}
