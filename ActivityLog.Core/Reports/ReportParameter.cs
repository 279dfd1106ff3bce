using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>A parameter that a report has beside those of all reports.</summary>
/// <param name="Name">Its name, case-sensitive.</param>
/// <param name="Description">What it means.</param>
/// <param name="Default">Its value where it isn't given; null where it must be.</param>
/// <param name="Allowed">Which values it takes, for people.</param>
/// <param name="IsAllowed">Whether it takes a value.</param>
public sealed record ReportParameter(string Name, string Description, string? Default, string Allowed, Func<string, bool> IsAllowed)
{
    /// <summary>The same for the API's description.</summary>
    public QueryParameter ToQueryParameter() => new(Name, $"{Description} {(Default is null ? "Required: " : "")}{Allowed}.");

    /// <summary>Takes its value; where it can't be, an error is noted.</summary>
    internal string Take(ParameterReader reader)
    {
        var text = reader.Take(Name) ?? Default;
        if (text is null)
        {
            reader.Fail(Name, $"{Name} is required: {Allowed}.");
        }
        else if (!IsAllowed(text))
        {
            reader.Fail(Name, $"{Name} can't be \"{text}\". Allowed: {Allowed}.");
        }

        return text ?? "";
    }
}
