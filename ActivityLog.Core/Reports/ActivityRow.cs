namespace ActivityLog.Core.Reports;

/// <summary>Who was active, and what failed.</summary>
/// <param name="Sessions">Sessions with a prompt, a generation or spend.</param>
/// <param name="People">People with a prompt, a generation or spend.</param>
/// <param name="Errors">Calls that failed.</param>
internal sealed record ActivityRow(long Sessions, long People, long Errors);
