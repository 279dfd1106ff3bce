using ActivityLog.Core.Storage;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Files of what can't be stored, for a person to look at. Nobody deletes them but that person.</summary>
internal sealed class SetAsideFiles(string path)
{
    /// <summary>Bytes of those there were at the start, and of those that came since.</summary>
    public long Bytes { get; private set; } = Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles().Sum(static file => file.Length) : 0;

    /// <summary>Adds a file: of a request its content, which can be posted again by hand; of damaged bytes these.</summary>
    /// <param name="item">What stands in the spool.</param>
    /// <param name="segmentPath">The segment that has it.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public string Add(SpoolItem item, string segmentPath)
    {
        DurableFile.CreateDirectory(path);
        var kind = item.Request is { } request ? $"{request.Signal}.{request.Encoding}".ToLowerInvariant() : "damaged";
        var name = Path.Combine(path, $"{item.Start.Segment}-{item.Start.Offset}-{kind}");
        using (var to = DurableFile.Create(name))
        {
            if (item.Request is not null)
            {
                to.Write(item.Request.Body.Span);
            }
            else
            {
                using var from = new FileStream(segmentPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite) { Position = item.Start.Offset };
                var buffer = new byte[64 * 1024];
                for (var left = item.Length; left > 0 && from.Read(buffer, 0, (int)Math.Min(buffer.Length, left)) is > 0 and var read; left -= read)
                {
                    to.Write(buffer, 0, read);
                }
            }

            to.Flush(flushToDisk: true);
        }

        DurableFile.SyncDirectory(path);
        Bytes += item.Length;
        return name;
    }
}
