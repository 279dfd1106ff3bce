using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Tests.Otlp.Grpc;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Support;

/// <summary>The whole product with a database of its own, answering real HTTP on a port of its own.</summary>
public sealed class ActivityLogApp : IAsyncDisposable
{
    public const string AdminEmail = "admin@example.com";
    public const string AdminPassword = "correct horse battery staple";

    private const string GrpcPortOption = "ActivityLog:Otlp:GrpcPort";

    private readonly TestDatabase _database;
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;
    private ActivityLogFactory _factory;
    private HttpClient? _admin;

    private ActivityLogApp(TestDatabase database, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services)
    {
        _database = database;
        _settings = settings;
        _services = services;
        _factory = new(settings, services);
    }

    /// <summary>Where it answers.</summary>
    public Uri BaseAddress => _factory.BaseAddress;

    /// <summary>Where it takes gRPC, if it does.</summary>
    public int GrpcPort => int.Parse(_settings[GrpcPortOption]!, CultureInfo.InvariantCulture);

    /// <summary>The configuration that makes another process use the same database.</summary>
    public IReadOnlyDictionary<string, string?> StorageSettings => _database.Settings;

    /// <summary>What the product is made of, to read what it stored.</summary>
    public IServiceProvider Services => _factory.Services;

    /// <summary>Starts it on an empty database.</summary>
    /// <param name="engine">Where it keeps its data.</param>
    /// <param name="settings">Configuration over the tests' own; a null value takes a setting away.</param>
    /// <param name="services">Replaces services of the product, such as its clock.</param>
    public static async Task<ActivityLogApp> StartAsync(
        StorageEngine engine, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var all = database.Settings;
        all["ActivityLog:Admin:Email"] = AdminEmail;
        all["ActivityLog:Admin:Password"] = AdminPassword;
        // Off unless a test wants it, for there is but one default port.
        all[GrpcPortOption] = "0";
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        var app = new ActivityLogApp(database, all, services);
        try
        {
            app._factory.StartServer();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings that make it take gRPC, too.</summary>
    public static Dictionary<string, string?> WithGrpc() => new() { [GrpcPortOption] = FreePort.Find().ToString(CultureInfo.InvariantCulture) };

    /// <summary>Stops the product and starts it again on the same data, at another address.</summary>
    public async Task RestartAsync()
    {
        _admin?.Dispose();
        _admin = null;
        await _factory.DisposeAsync();
        _factory = new(_settings, _services);
        _factory.StartServer();
    }

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseAddress };

    /// <summary>A client that reads the API as this person, and finds there what was posted before.</summary>
    public async Task<HttpClient> LoginAsync(string email = AdminEmail, string password = AdminPassword)
    {
        await SettleAsync();
        var client = CreateClient();
        using var response = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password });
        var answer = await ReadAsync(response);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("accessToken").GetString());
        return client;
    }

    /// <summary>Waits until all that was acknowledged is in the database: on a busy machine some of it may have gone by way of the spool.</summary>
    public async Task SettleAsync()
    {
        var spool = Services.GetRequiredService<ISpoolState>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (spool.Current.Requests > 0)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Makes a System as the admin.</summary>
    public async Task<Guid> CreateSystemAsync(string? name = null, string plan = "Pro")
    {
        var admin = _admin ??= await LoginAsync();
        using var response = await admin.PostAsJsonAsync("/api/v1/systems", new { name = name ?? $"System {Guid.NewGuid():n}", plan });
        return (await ReadAsync(response)).GetProperty("id").GetGuid();
    }

    /// <summary>Makes a token as the admin, and answers its secret.</summary>
    public async Task<string> CreateTokenAsync(Guid systemId, int retentionDays = 1825)
    {
        var admin = _admin ??= await LoginAsync();
        using var response = await admin.PostAsJsonAsync($"/api/v1/systems/{systemId}/tokens", new { name = "Tests", retentionDays });
        return (await ReadAsync(response)).GetProperty("token").GetString()!;
    }

    /// <summary>Posts a recording with this token, over the transport that it came by; fails unless each request is answered 200, or OK in gRPC.</summary>
    public async Task PostRecordingAsync(string name, RecordingOrder order, string token)
    {
        using var client = CreateClient();
        using var grpc = new GrpcClient(GrpcPort, token);
        foreach (var request in Recording.Load(name).InOrder(order))
        {
            if (request.IsGrpc)
            {
                var reply = await grpc.SendAsync(request.Path, GrpcClient.Frame(request.Content.ToArray()));
                reply.Code.ShouldBe(0, $"{name}/{request.Body}: {reply.Text}");
                continue;
            }

            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message);
            ((int)response.StatusCode).ShouldBe(200, $"{name}/{request.Body}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
