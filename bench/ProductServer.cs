using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ActivityLog.Bench;

/// <summary>The published product in a process of its own.</summary>
internal sealed class ProductServer : IAsyncDisposable
{
    public const string Email = "bench@example.com";

    // A database that is kept keeps its admin.
    public const string Password = "only for this bench";

    private readonly Process _process;
    private readonly PosixSignalRegistration[] _signals;

    private ProductServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
        // Where this program is ended from outside, the server must not outlive it.
        AppDomain.CurrentDomain.ProcessExit += Stop;
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Stop(null, EventArgs.Empty)))];
    }

    public Uri Address { get; }

    /// <summary>CPU time it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Begins anew with <see cref="PeakMemory"/> (proc(5), <c>clear_refs</c>).</summary>
    public void ForgetPeakMemory() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    /// <summary>Most memory that it held, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it, and waits until it is ready.</summary>
    public static async Task<ProductServer> StartAsync(string program, IReadOnlyDictionary<string, string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetDirectoryName(program), RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["ActivityLog__Otlp__GrpcPort"] = "0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["ActivityLog__Admin__Email"] = Email;
        start.Environment["ActivityLog__Admin__Password"] = Password;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} didn't start.");
        process.OutputDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();

        var server = new ProductServer(process, address);
        using var client = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var response = await client.GetAsync("/health/ready");
                if (response.IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException) when (tries < 1200 && !process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
    }

    /// <summary>A client that may ask everything.</summary>
    public async Task<HttpClient> LoginAsync()
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(10) };
        var login = await PostAsync(client, "/api/v1/auth/login", new { email = Email, password = Password });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("accessToken").GetString());
        return client;
    }

    /// <summary>Makes a System and answers the secret of its new token.</summary>
    public async Task<string> CreateTokenAsync()
    {
        using var client = await LoginAsync();
        var system = await PostAsync(client, "/api/v1/systems", new { name = $"Bench {Guid.NewGuid():n}", plan = "Pro" });
        var token = await PostAsync(client, $"/api/v1/systems/{system.GetProperty("id").GetGuid()}/tokens", new { name = "Bench", retentionDays = 1825 });
        return token.GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Stop;
        Array.ForEach(_signals, static signal => signal.Dispose());
        Stop(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Stop(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
