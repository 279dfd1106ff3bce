using System.Buffers.Binary;
using System.Globalization;

namespace ActivityLog.Core.Queries;

/// <summary>Turns a field's value from the text of a parameter into what is kept, and from what is kept into what is shown.</summary>
internal static class FieldValues
{
    /// <summary>What is kept for a parameter's text; empty text means rows without a value.</summary>
    /// <returns>Null when it can be; else what is allowed.</returns>
    public static string? TryParse(QueryField field, string text, out object? value)
    {
        value = null;
        if (text.Length == 0)
        {
            return null;
        }

        switch (field.Kind)
        {
            case FieldKind.Choice:
                var choice = field.Choices.FirstOrDefault(one => one.Name == text);
                value = choice?.Number;
                return choice is null ? "one of " + string.Join(", ", field.Choices.Select(static one => one.Name)) : null;
            case FieldKind.System or FieldKind.Token:
                value = Guid.TryParse(text, out var id) ? id : null;
                return value is null ? "a UUID" : null;
            case FieldKind.TraceId:
                value = TryParseHex(text, 16);
                return value is null ? "32 hexadecimal digits" : null;
            case FieldKind.SpanId:
                value = TryParseHex(text, 8) is { } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;
                return value is null ? "16 hexadecimal digits" : null;
            default:
                value = text;
                // PostgreSQL's text can't hold it; no stored text has one.
                return text.Contains('\0', StringComparison.Ordinal) ? "text without a NUL character" : null;
        }
    }

    /// <summary>What is shown for a group's value as <see cref="FieldSql.GroupOf"/> gives it.</summary>
    public static object? Show(QueryField field, object? value) => value is null ? null : field.Kind switch
    {
        FieldKind.Choice => ShowChoice(field, ToInt64(value)),
        FieldKind.System or FieldKind.Token => value is Guid id ? id : Guid.Parse((string)value),
        FieldKind.TraceId => Convert.ToHexStringLower((byte[])value),
        FieldKind.SpanId => ShowSpanId(ToInt64(value)),
        FieldKind.Whole or FieldKind.Money => ToInt64(value),
        FieldKind.Number => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    /// <summary>The 16 digits of a span id.</summary>
    public static string ShowSpanId(long spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The number of a span id of 16 digits.</summary>
    public static long ReadSpanId(string digits) => long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string ShowChoice(QueryField field, long number) =>
        field.Choices.FirstOrDefault(choice => choice.Number == number)?.Name ?? number.ToString(CultureInfo.InvariantCulture);

    private static byte[]? TryParseHex(string text, int bytes) =>
        text.Length == bytes * 2 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static long ToInt64(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
