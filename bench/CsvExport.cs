namespace ActivityLog.Bench;

/// <summary>Reads an export as a script does: as it comes, keeping nothing of it.</summary>
internal static class CsvExport
{
    /// <summary>Reads so many rows, and leaves.</summary>
    /// <returns>The rows without the head, and their bytes.</returns>
    public static async Task<(long Rows, long Bytes)> ReadAsync(HttpClient client, string path, long most)
    {
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var (rows, bytes, isQuoted) = (-1L, 0L, false);
        for (int read; rows < most && (read = await stream.ReadAsync(buffer)) > 0; bytes += read)
        {
            foreach (var character in buffer.AsSpan(0, read))
            {
                // A text may have lines of its own.
                isQuoted ^= character == '"';
                rows += character == '\n' && !isQuoted ? 1 : 0;
            }
        }

        return (rows, bytes);
    }
}
