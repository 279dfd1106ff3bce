using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;

namespace ActivityLog.Web.Reports;

/// <summary>How the cells of reports are written on pages.</summary>
internal static class ReportText
{
    /// <summary>What calls without a model are called.</summary>
    public const string NoModel = "no model named";

    private const int ShortId = 8;

    /// <summary>A cell.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="cell">Its value.</param>
    /// <param name="digits">Of money: how many digits its column has.</param>
    /// <param name="zone">The zone of times.</param>
    public static string Cell(ReportColumnKind kind, object? cell, int digits, TimeZoneInfo zone) => (kind, cell) switch
    {
        (ReportColumnKind.Money, long money) => Format.Money(money, digits),
        (ReportColumnKind.Tokens, long tokens) => Format.Tokens(tokens),
        (ReportColumnKind.Count, long count) => Format.Count(count),
        (ReportColumnKind.Share or ReportColumnKind.Rate, double part) => Format.Rate(part),
        (ReportColumnKind.Duration, double milliseconds) => Format.Duration(milliseconds),
        (ReportColumnKind.Seconds, double seconds) => Format.Duration(seconds * 1000),
        (ReportColumnKind.Time, DateTime time) => Format.Full(time, zone),
        _ when IsNumber(kind) || kind == ReportColumnKind.Time => Format.Unknown,
        _ => Name(kind, cell as string),
    };

    /// <summary>What a row or a series is of.</summary>
    public static string Name(ReportColumnKind kind, string? name) => (kind, name) switch
    {
        (ReportColumnKind.User, _) => PersonName.Show(name),
        (ReportColumnKind.Model, null) => NoModel,
        (ReportColumnKind.Day, { } day) => Format.Day(Day(day), weekday: true),
        (ReportColumnKind.Session or ReportColumnKind.Prompt, { } id) => id.Length > ShortId ? id[..ShortId] : id,
        (_, null or "") => "none",
        _ => name,
    };

    /// <summary>The same beside a bar, where there is little room: of an address what follows its host.</summary>
    public static string Short(ReportColumnKind kind, string? name) =>
        kind == ReportColumnKind.Text && Uri.TryCreate(name, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath.Trim('/') is { Length: > 0 } path
            ? path
            : Name(kind, name);

    /// <summary>To the last digit, for a tooltip; null where the cell says all.</summary>
    public static string? Exact(ReportColumnKind kind, object? cell, TimeZoneInfo zone) => (kind, cell) switch
    {
        (ReportColumnKind.Money, long money) => Format.MoneyExact(money),
        (ReportColumnKind.Tokens, long tokens) => Format.Count(tokens),
        (ReportColumnKind.Time, DateTime time) => Format.Full(time, zone),
        (ReportColumnKind.Duration, double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:#,0} ms"),
        (ReportColumnKind.Session or ReportColumnKind.Prompt, string id) => id,
        _ => null,
    };

    /// <summary>A change against the period before: of rates in points.</summary>
    public static string Change(ReportColumnKind kind, object? now, object? before) => (kind, now, before) switch
    {
        (ReportColumnKind.Rate or ReportColumnKind.Share, double rate, double was) => Format.ChangeInPoints(rate, was),
        (_, not null, not null) => Format.Change(Convert.ToDouble(now, CultureInfo.InvariantCulture), Convert.ToDouble(before, CultureInfo.InvariantCulture)),
        _ => Format.Unknown,
    };

    /// <summary>Whether the cells are numbers, which stand at the end of their column.</summary>
    public static bool IsNumber(ReportColumnKind kind) => kind is ReportColumnKind.Money or ReportColumnKind.Tokens or ReportColumnKind.Count
        or ReportColumnKind.Share or ReportColumnKind.Rate or ReportColumnKind.Duration or ReportColumnKind.Seconds;

    /// <summary>A day as reports write it.</summary>
    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
