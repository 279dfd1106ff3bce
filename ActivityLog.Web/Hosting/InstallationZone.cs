using ActivityLog.Core.Queries;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting;

/// <summary>The time zone whose days are meant where nobody chose one.</summary>
internal sealed class InstallationZone(IOptions<TimeZoneOptions> options)
{
    /// <summary>The zone; always one with an IANA name.</summary>
    public TimeZoneInfo Zone { get; } =
        options.Value.TimeZone is { } name && QueryTimes.TryFindZone(name) is { } configured ? configured
        : QueryTimes.TryFindZone(TimeZoneInfo.Local.Id) ?? TimeZoneInfo.Utc;
}
