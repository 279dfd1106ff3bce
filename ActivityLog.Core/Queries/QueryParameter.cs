namespace ActivityLog.Core.Queries;

/// <summary>A parameter that a query takes, for the API's description.</summary>
/// <param name="Name">Its name, case-sensitive.</param>
/// <param name="Description">What it means and which values it takes.</param>
/// <param name="Repeats">Whether it may be given more than once (which means or).</param>
public sealed record QueryParameter(string Name, string Description, bool Repeats = false);
