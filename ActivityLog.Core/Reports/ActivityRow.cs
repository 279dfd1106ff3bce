namespace ActivityLog.Core.Reports;

/// <summary>Who was active, and what failed.</summary>
/// <param name="Day">The day; null for the whole range.</param>
/// <param name="Sessions">Sessions with a prompt, a generation or spend.</param>
/// <param name="People">People with a prompt, a generation or spend.</param>
/// <param name="Errors">Calls that failed.</param>
internal sealed record ActivityRow(DateOnly? Day, long Sessions, long People, long Errors);
