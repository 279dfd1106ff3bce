namespace ActivityLog.Core.Queries;

/// <summary>Rows whose field has one of these values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The values as kept: text, number or bytes; null for rows without a value.</param>
public sealed record FieldFilter(QueryField Field, IReadOnlyList<object?> Values);
