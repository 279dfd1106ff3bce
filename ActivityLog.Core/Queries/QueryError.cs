namespace ActivityLog.Core.Queries;

/// <summary>Why a query can't be answered: what the caller gave that isn't known or can't be.</summary>
/// <param name="Parameter">The parameter, as given.</param>
/// <param name="Message">What is wrong with it and what is allowed, in English and for the caller.</param>
public sealed record QueryError(string Parameter, string Message);
