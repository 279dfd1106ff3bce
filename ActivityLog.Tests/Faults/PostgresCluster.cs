using System.Diagnostics;
using System.Globalization;
using ActivityLog.Tests.Support;
using Npgsql;

namespace ActivityLog.Tests.Faults;

/// <summary>A PostgreSQL server of a test's own, to be stopped, killed, frozen and started again. It listens on a socket in its own directory, on no port.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Database = "activitylog";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("activitylog-pg-");
    private Process? _shell;

    private PostgresCluster()
    {
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = _directory.FullName, Username = "activitylog", Database = Database }.ConnectionString;

    private static string Bin { get; } = FindBin();

    private string Data => Path.Combine(_directory.FullName, "data");

    /// <summary>Makes one and starts it.</summary>
    public static async Task<PostgresCluster> StartNewAsync()
    {
        var cluster = new PostgresCluster();
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", User, cluster._directory.FullName);
            }

            await RunAsServerAsync(
                Path.Combine(Bin, "initdb"), "-D", cluster.Data, "-U", "activitylog", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions", "--no-sync");
            await cluster.StartAsync();
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {Database}", connection);
            await create.ExecuteNonQueryAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, and returns when it takes connections.</summary>
    public async Task StartAsync()
    {
        // A postmaster that was killed left this behind; nobody else uses the directory.
        File.Delete(Path.Combine(_directory.FullName, ".s.PGSQL.5432.lock"));
        // The shell ends the server when its input ends, however this process does, and buries it: its number must be free before the next start, which would be refused.
        List<string> command =
        [
            "-c", "setpriv \"$@\" 2>>log & cat; kill -KILL $! 2>/dev/null; wait $!", "sh", .. AsServer(
                Path.Combine(Bin, "postgres"), "-D", Data, "-k", _directory.FullName, "-c", "listen_addresses=", "-c", "fsync=on", "-c", "synchronous_commit=on",
                "-c", "max_connections=200", "-c", "logging_collector=off"),
        ];
        _shell = Process.Start(new ProcessStartInfo("sh", command) { WorkingDirectory = _directory.FullName, RedirectStandardInput = true })!;
        try
        {
            await Soon.TrueAsync(async () => await TryRunAsync(Path.Combine(Bin, "pg_isready"), "-q", "-h", _directory.FullName) == 0, s_patience, "PostgreSQL takes connections");
        }
        catch (ShouldAssertException exception)
        {
            throw new InvalidOperationException($"PostgreSQL's log ends:\n{string.Join('\n', File.ReadLines(Path.Combine(_directory.FullName, "log")).TakeLast(30))}", exception);
        }
    }

    /// <summary>Stops it as an administrator does: open sessions are ended.</summary>
    public async Task StopAsync()
    {
        await TryRunAsync("kill", "-INT", File.ReadLines(Path.Combine(Data, "postmaster.pid")).First());
        await EndedAsync();
    }

    /// <summary>Kills the server and all of its backends, as a machine that loses power.</summary>
    public async Task KillAsync()
    {
        await SignalAllAsync("KILL");
        await EndedAsync();
    }

    /// <summary>Lets all of it stand still: connections stay open and say nothing.</summary>
    public Task<int> FreezeAsync() => SignalAllAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task<int> ThawAsync() => SignalAllAsync("CONT");

    /// <summary>A connection of the test's own.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await SignalAllAsync("KILL");
        await EndedAsync();
        _directory.Delete(recursive: true);
    }

    // A backend that outlives its postmaster holds the shared memory: the next start would be refused.
    private async Task EndedAsync()
    {
        await Soon.TrueAsync(() => Processes().Count == 0, s_patience, "no process of PostgreSQL is left");
        if (_shell is not null)
        {
            _shell.StandardInput.Close();
            await Soon.EndAsync(_shell.WaitForExitAsync(), "the shell around PostgreSQL");
            _shell.Dispose();
            _shell = null;
        }
    }

    // Each process by itself: backends have process groups of their own.
    private Task<int> SignalAllAsync(string signal) =>
        TryRunAsync("kill", ["-" + signal, .. Processes().Select(static id => id.ToString(CultureInfo.InvariantCulture))]);

    private List<int> Processes()
    {
        var ids = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) && Directory.ResolveLinkTarget($"{process}/cwd", returnFinalTarget: false)?.FullName == Data)
                {
                    ids.Add(id);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is somebody else's.
            }
        }

        return ids;
    }

    // PostgreSQL refuses to run as root.
    private static List<string> AsServer(params IEnumerable<string> command) => Environment.IsPrivilegedProcess
        ? [$"--reuid={User}", $"--regid={User}", "--clear-groups", .. command]
        : [.. command];

    private static string User { get; } = File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static async Task RunAsServerAsync(params string[] command) => (await TryRunAsync("setpriv", [.. AsServer(command)])).ShouldBe(0, string.Join(' ', command));

    private static async Task RunAsync(string program, params string[] arguments) => (await TryRunAsync(program, arguments)).ShouldBe(0, program);

    private static async Task<int> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        await Soon.EndAsync(
            Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync()), Path.GetFileName(program), s_patience);
        return process.ExitCode;
    }

    private static string FindBin()
    {
        IEnumerable<string> roots = ["/usr/lib/postgresql", "/usr/pgsql"];
        return roots.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Select(static version => Path.Combine(version, "bin"))
            .Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL 15 or later is needed: apt-get install postgresql");
    }
}
