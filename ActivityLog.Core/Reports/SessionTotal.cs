namespace ActivityLog.Core.Reports;

/// <summary>What a session amounts to.</summary>
/// <param name="Prompts">Its prompts.</param>
/// <param name="Generations">Its calls.</param>
/// <param name="Errors">Calls that failed.</param>
/// <param name="CostNanodollars">What its calls cost.</param>
internal readonly record struct SessionTotal(long Prompts, long Generations, long Errors, Int128 CostNanodollars)
{
    /// <summary>Both together.</summary>
    public static SessionTotal operator +(SessionTotal a, SessionTotal b) =>
        new(a.Prompts + b.Prompts, a.Generations + b.Generations, a.Errors + b.Errors, a.CostNanodollars + b.CostNanodollars);
}
