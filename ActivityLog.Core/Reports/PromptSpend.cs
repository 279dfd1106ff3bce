namespace ActivityLog.Core.Reports;

/// <summary>What the calls of one prompt cost.</summary>
/// <param name="PromptId">The sender's id of the prompt.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="SystemId">The System that has it.</param>
/// <param name="User">The person.</param>
/// <param name="At">When the first of its calls ended, UTC.</param>
/// <param name="Usage">What they used.</param>
internal sealed record PromptSpend(string PromptId, string SessionId, Guid SystemId, string? User, DateTime At, SpendUsage Usage);
