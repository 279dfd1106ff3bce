using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Faults;

/// <summary>The product as a process, to be killed, stopped and started again on the same data and port.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private const string Email = "admin@example.com";
    private const string Password = "correct horse battery staple";

    // A start takes two seconds; on a machine that does a lot else, many more.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("activitylog-fault-");
    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private FaultServer(IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort.Find();
        Address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        _settings = new(settings)
        {
            ["ActivityLog:DataDirectory"] = _data.FullName,
            ["ActivityLog:Otlp:GrpcPort"] = "0",
            ["ActivityLog:Admin:Email"] = Email,
            ["ActivityLog:Admin:Password"] = Password,
            ["ASPNETCORE_URLS"] = Address.ToString(),
            // A file-size limit, and the double mapping's huge file, don't go together.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        };
    }

    public Uri Address { get; }

    public string DataDirectory => _data.FullName;

    /// <summary>Its database, where that is a file.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "activitylog.db");

    /// <summary>Number of the process.</summary>
    public int Id => _process!.Id;

    /// <summary>Memory of the process, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it on SQLite.</summary>
    public static Task<FaultServer> StartNewAsync(params (string Name, string Value)[] settings) => StartNewAsync(null, settings);

    /// <summary>Starts it on this PostgreSQL server.</summary>
    public static async Task<FaultServer> StartNewAsync(PostgresCluster? postgres, params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(static one => one.Name, static one => one.Value);
        if (postgres is not null)
        {
            all["ActivityLog:Storage:Engine"] = "Postgres";
            all["ConnectionStrings:ActivityLog"] = postgres.ConnectionString;
        }

        var server = new FaultServer(all);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        // A limit on the size of files ends a process unless it asked not to be told.
        var start = new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$0\"", typeof(Program).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Soon.TrueAsync(
            async () =>
            {
                _process.HasExited.ShouldBeFalse(Output);
                return await IsLiveAsync();
            },
            s_patience, "the server answers");
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await Soon.EndAsync(_process.WaitForExitAsync(), "the server that was killed");
    }

    /// <summary>Asks it to stop.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await Soon.EndAsync(_process!.WaitForExitAsync(), "the server that was told to stop");
        return watch.Elapsed;
    }

    /// <summary>Lets no file of it grow past this size; null lets all grow again.</summary>
    public async Task LimitFilesAsync(long? bytes)
    {
        var limit = bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
        using var prlimit = Process.Start("prlimit", ["--pid", Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}:unlimited"]);
        await Soon.EndAsync(prlimit.WaitForExitAsync(), "prlimit");
        prlimit.ExitCode.ShouldBe(0);
    }

    /// <summary>Makes a System and a token.</summary>
    public async Task<string> CreateTokenAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var login = await client.PostAsJsonAsync("/api/v1/auth/login", new { email = Email, password = Password });
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TextAsync(login, "accessToken"));
        using var system = await client.PostAsJsonAsync("/api/v1/systems", new { name = "Faults", plan = "Pro" });
        using var token = await client.PostAsJsonAsync($"/api/v1/systems/{await TextAsync(system, "id")}/tokens", new { name = "Faults", retentionDays = 30 });
        return await TextAsync(token, "token");
    }

    /// <summary>What <c>/health/ready</c> says; null when nobody listens, or answers soon.</summary>
    public async Task<string?> ReadyAsync()
    {
        try
        {
            using var client = CreateClient();
            using var response = await client.GetAsync("/health/ready");
            return await TextAsync(response, "status");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _data.Delete(recursive: true);
    }

    // So that one answer that doesn't come isn't waited for longer than the whole may take.
    private HttpClient CreateClient() => new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(15) };

    private async Task<bool> IsLiveAsync()
    {
        try
        {
            using var client = CreateClient();
            using var response = await client.GetAsync("/health/live");
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, string property)
    {
        var text = await response.Content.ReadAsStringAsync();
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty(property).GetString()!;
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
