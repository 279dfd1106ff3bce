using System.ComponentModel.DataAnnotations;
using ActivityLog.Core.Queries;

namespace ActivityLog.Web.Hosting;

/// <summary>The time zone of the installation.</summary>
internal sealed class TimeZoneOptions : IValidatableObject
{
    public const string Section = "ActivityLog";

    /// <summary>IANA name, such as <c>Europe/Berlin</c>, of the zone whose days are meant where nobody chose one; the machine's unless told.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone =>
        TimeZone is { } name && QueryTimes.TryFindZone(name) is { } configured ? configured
        : QueryTimes.TryFindZone(TimeZoneInfo.Local.Id) ?? TimeZoneInfo.Utc;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && QueryTimes.TryFindZone(TimeZone) is null)
        {
            yield return new($"{Section}:{nameof(TimeZone)}: '{TimeZone}' is no IANA time zone name, such as Europe/Berlin or UTC.", [nameof(TimeZone)]);
        }
    }
}
