using System.Globalization;
using System.Net.Http.Headers;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Queue;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Tests.Otlp;

/// <summary>The receiver alone, on Kestrel, over a store and tokens of the test's own.</summary>
internal sealed class OtlpHost : IAsyncDisposable
{
    /// <summary>Name of the option in the configuration: off unless a test wants it, for there is but one default port.</summary>
    private const string GrpcPortOption = $"{OtlpOptions.Section}:{nameof(OtlpOptions.GrpcPort)}";

    private readonly WebApplication _app;

    private OtlpHost(WebApplication app, FakeTelemetryStore store, FakeTokenStore tokens, LogLines log)
    {
        _app = app;
        Store = store;
        Tokens = tokens;
        Log = log;
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeTelemetryStore Store { get; }

    public FakeTokenStore Tokens { get; }

    public LogLines Log { get; }

    public FakeSystemStore Systems => _app.Services.GetRequiredService<FakeSystemStore>();

    public SpoolState Spool => _app.Services.GetRequiredService<ISpoolState>().Current;

    public HttpClient Client { get; }

    /// <summary>Bytes of bodies that it holds now.</summary>
    public long BufferedBytes => _app.Services.GetRequiredService<BufferBudget>().Used;

    /// <summary>Rows that wait to be stored now.</summary>
    public long QueuedRows => _app.Services.GetRequiredService<IngestQueue>().QueuedRows;

    /// <summary>Records that it counted as stored.</summary>
    public long CountedRecords => _app.Services.GetRequiredService<IngestMonitor>().Read().RecentRecords;

    /// <summary>Where it takes gRPC, if it does.</summary>
    public int GrpcPort => _app.Services.GetRequiredService<IOptions<OtlpOptions>>().Value.GrpcPort;

    public RefusalLog Refusals => _app.Services.GetRequiredService<RefusalLog>();

    public static Task<OtlpHost> StartAsync(params (string Option, string Value)[] options) => StartAsync(null, options);

    /// <summary>The same over a database that can be away, with a spool.</summary>
    public static Task<OtlpHost> StartWithSpoolAsync(DirectoryInfo data, params (string Option, string Value)[] options) => StartAsync(data, options);

    private static async Task<OtlpHost> StartAsync(DirectoryInfo? data, (string Option, string Value)[] options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var log = new LogLines();
        builder.Logging.AddProvider(log);
        // As in the product; the framework's line for each request would fill the memory of a test that sends many.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [GrpcPortOption] = "0" });
        builder.Configuration.AddInMemoryCollection(options.ToDictionary(
            static one => one.Option.Contains(':', StringComparison.Ordinal) ? one.Option : $"{OtlpOptions.Section}:{one.Option}", static one => (string?)one.Value));
        if (data is not null)
        {
            builder.Services.Configure<StorageOptions>(static storage => storage.Engine = StorageEngine.Postgres);
            builder.Services.AddSingleton(new DataDirectory(data.FullName, "."));
        }

        var store = new FakeTelemetryStore();
        var tokens = new FakeTokenStore();
        builder.Services.AddRouting(static routing => routing.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        builder.Services.AddSingleton<ITelemetryStore>(store);
        builder.Services.AddSingleton<ITokenStore>(tokens);
        builder.Services.AddSingleton<FakeSystemStore>();
        builder.Services.AddSingleton<ISystemStore>(static provider => provider.GetRequiredService<FakeSystemStore>());
        builder.Services.AddSingleton<FakeDatabaseProbe>();
        builder.Services.AddSingleton<IDatabaseProbe>(static provider => provider.GetRequiredService<FakeDatabaseProbe>());
        builder.Services.AddSingleton<MessageFeed>();
        builder.Services.AddOtlp();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOtlp();
        await app.StartAsync();
        return new(app, store, tokens, log);
    }

    /// <summary>The same with a gRPC port.</summary>
    public static Task<OtlpHost> StartWithGrpcAsync(params (string Option, string Value)[] options) =>
        StartAsync([.. options, (nameof(OtlpOptions.GrpcPort), FreePort.Find().ToString(CultureInfo.InvariantCulture))]);

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string contentType, string? token = FakeTokenStore.Good, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return Client.SendAsync(request);
    }

    /// <summary>The message of an error, whose body must be a Status in the encoding that the answer names.</summary>
    public static async Task<string> ErrorOfAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        var status = response.Content.Headers.ContentType!.MediaType == "application/json"
            ? JsonParser.Default.Parse<Status>(System.Text.Encoding.UTF8.GetString(body))
            : Status.Parser.ParseFrom(body);
        status.Code.ShouldNotBe(0);
        return status.Message;
    }

    /// <summary>Stops it as a signal to the process would.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
