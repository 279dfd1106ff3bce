using System.Text.Json;
using System.Text.Json.Serialization;
using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>A report's row as it goes out: an object of its cells by the columns' names.</summary>
/// <param name="Names">The columns' names.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Cells">The row's cells, in their order.</param>
[JsonConverter(typeof(Converter))]
internal sealed record ReportRowView(IReadOnlyList<JsonEncodedText> Names, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<object?> Cells)
{
    // As a dictionary a row was looked through for how to write each of its cells: a third of the time of a report of 12,000 rows.
    private sealed class Converter : JsonConverter<ReportRowView>
    {
        public override ReportRowView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Reports only go out.");

        public override void Write(Utf8JsonWriter writer, ReportRowView value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            for (var i = 0; i < value.Names.Count; i++)
            {
                writer.WritePropertyName(value.Names[i]);
                switch (ReportView.Cell(value.Columns[i], value.Cells[i]))
                {
                    case null:
                        writer.WriteNullValue();
                        break;
                    case string text:
                        writer.WriteStringValue(text);
                        break;
                    case long number:
                        writer.WriteNumberValue(number);
                        break;
                    case double number:
                        writer.WriteNumberValue(number);
                        break;
                    case var other:
                        JsonSerializer.Serialize(writer, other, options);
                        break;
                }
            }

            writer.WriteEndObject();
        }
    }
}
