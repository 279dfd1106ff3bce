using System.Runtime.InteropServices;
using System.Text;

namespace ActivityLog.Core.Storage;

/// <summary>What the file system keeps through a loss of power.</summary>
public static class DurableFile
{
    /// <summary>Only the server's own user may read what lies in its files.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file by another content, whole: whoever reads it, also after a crash, finds the old content or the new one.</summary>
    /// <exception cref="IOException">It couldn't be written; the old content is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // A name of its own: another process that uses the directory by mistake doesn't write into it.
        var temporary = $"{path}.{Guid.NewGuid():n}";
        try
        {
            using (var file = Create(temporary))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a file, or empties it, that only the server's own user may read.</summary>
    /// <exception cref="IOException">It couldn't be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }

    /// <summary>Makes a directory, unless it is there, that only the server's own user may enter; it outlives a loss of power.</summary>
    /// <exception cref="IOException">It couldn't be made.</exception>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes durable which files a directory has. Windows does that by itself.</summary>
    /// <exception cref="IOException">The disk didn't take it.</exception>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no directories.
        var descriptor = Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        if (descriptor < 0)
        {
            throw new IOException($"The directory {path} can't be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (Fsync(descriptor) != 0)
            {
                throw new IOException($"The directory {path} can't be made durable: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
