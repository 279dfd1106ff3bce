namespace ActivityLog.Web.Shared.Filters;

/// <summary>One thing that can be chosen.</summary>
/// <param name="Value">How it stands in the address.</param>
/// <param name="Text">How it is shown.</param>
/// <param name="Color">CSS variable of its colour, where it has one.</param>
public sealed record ChoiceOption(string Value, string Text, string? Color = null);
