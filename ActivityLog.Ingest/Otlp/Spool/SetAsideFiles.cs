using ActivityLog.Core.Storage;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Files of what can't be stored, for a person to look at. Nobody deletes them but that person.</summary>
internal sealed class SetAsideFiles
{
    private readonly string _path;

    public SetAsideFiles(string path)
    {
        _path = path;
        foreach (var file in Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles() : [])
        {
            Count++;
            Bytes += file.Length;
        }
    }

    /// <summary>How many there were at the start and came since.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a file: of a request its content, which can be posted again by hand; of damaged bytes these.</summary>
    /// <param name="item">What stands in the spool.</param>
    /// <param name="segmentPath">The segment that has it.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public string Add(SpoolItem item, string segmentPath)
    {
        DurableFile.CreateDirectory(_path);
        var kind = item.Request is { } request ? $"{request.Signal}.{request.Encoding}".ToLowerInvariant() : "damaged";
        var name = Path.Combine(_path, $"{item.Start.Segment}-{item.Start.Offset}-{kind}");
        // What a crash kept from being noted as done is done again, under the same name.
        var before = new FileInfo(name) is { Exists: true } old ? old.Length : (long?)null;
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

        DurableFile.SyncDirectory(_path);
        Count += before is null ? 1 : 0;
        Bytes += item.Length - (before ?? 0);
        return name;
    }
}
