namespace ActivityLog.Core.Reports;

/// <summary>Spend of one model, person, day, session or value of an attribute; what it isn't told apart by is null.</summary>
/// <param name="Source">See <see cref="SpendSource"/>.</param>
/// <param name="Day">The day.</param>
/// <param name="Model">The model.</param>
/// <param name="User">The person.</param>
/// <param name="SessionId">The sender's session id.</param>
/// <param name="Value">The attribute's value.</param>
/// <param name="LastAt">Of a session: its latest call or point, UTC.</param>
/// <param name="Usage">What was used.</param>
/// <param name="SystemId">Of a session: the System that has it.</param>
internal sealed record SpendRow(
    string Source, DateOnly? Day, string? Model, string? User, string? SessionId, string? Value, DateTime? LastAt, SpendUsage Usage, Guid? SystemId = null);
