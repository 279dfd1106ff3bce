using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Api;

/// <summary>What is wrong with a request, by the field or parameter that is wrong.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> All => _errors;

    /// <summary>Says what is wrong with a field.</summary>
    public void Add(string field, string message) =>
        _errors[field] = _errors.TryGetValue(field, out var messages) ? [.. messages, message] : [message];

    /// <summary>Says so when a text is missing or blank.</summary>
    public void Require(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, "This is required.");
        }
    }

    /// <summary>Says so when a text has control characters, which some engines don't take.</summary>
    /// <param name="value">The text.</param>
    /// <param name="field">Its field.</param>
    /// <param name="allowsLines">Whether it may have tabs and line breaks.</param>
    public void RefuseControls(string? value, string field, bool allowsLines = false)
    {
        if (value?.Any(c => char.IsControl(c) && !(allowsLines && (c is '\t' or '\n' or '\r'))) == true)
        {
            Add(field, "This can't have control characters.");
        }
    }

    /// <summary>Says so when a text is too long.</summary>
    public void Limit(string? value, int maxLength, string field)
    {
        if (value?.Trim().Length > maxLength)
        {
            Add(field, $"This has at most {maxLength} characters.");
        }
    }

    /// <summary>The 400 that names each field.</summary>
    public ValidationProblem ToProblem() =>
        TypedResults.ValidationProblem(_errors, string.Join(' ', _errors.Select(static error => $"{error.Key}: {string.Join(' ', error.Value)}")));
}
