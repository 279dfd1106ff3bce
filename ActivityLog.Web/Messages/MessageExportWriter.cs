using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Web.Reports;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace ActivityLog.Web.Messages;

/// <summary>Writes an export, no faster than it is read: what it holds is a page and what the connection hasn't taken yet.</summary>
internal sealed class MessageExportWriter(MessageExports exports, IOptions<JsonOptions> json)
{
    public const string NdjsonContentType = "application/x-ndjson";

    // What is sent at once.
    private const int FlushBytes = 64 * 1024;

    /// <summary>The type of what is written.</summary>
    public static string ContentTypeOf(ExportFormat format) => format == ExportFormat.Csv ? CsvWriter.ContentType : NdjsonContentType;

    /// <summary>Writes all of it.</summary>
    public async Task WriteAsync(MessageExport export, PipeWriter output, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var page in exports.ReadAsync(export.Query, cancellationToken))
        {
            // Only now, when the first page could be read: until then it can still be an error.
            if (isFirst && export.Format == ExportFormat.Csv)
            {
                Write(output, MessageCsv.Head);
            }

            isFirst = false;
            foreach (var message in page)
            {
                if (export.Format == ExportFormat.Csv)
                {
                    Write(output, MessageCsv.Line(message));
                }
                else
                {
                    output.Write(JsonSerializer.SerializeToUtf8Bytes(message, json.Value.SerializerOptions));
                    output.Write("\n"u8);
                }

                if (output.UnflushedBytes >= FlushBytes && (await output.FlushAsync(cancellationToken)).IsCompleted)
                {
                    return;
                }
            }
        }

        await output.FlushAsync(cancellationToken);
    }

    private static void Write(PipeWriter output, string text)
    {
        var bytes = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, bytes));
    }
}
