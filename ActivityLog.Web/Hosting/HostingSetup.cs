using ActivityLog.Core.Summaries;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting;

/// <summary>The process itself: where it listens, what it logs, its files, and the proxy it may stand behind.</summary>
internal static class HostingSetup
{
    public const string DefaultUrl = "http://localhost:5080";

    // What decides where Kestrel listens; any of them takes the default's place.
    private static readonly string[] s_addressSettings = [WebHostDefaults.ServerUrlsKey, "http_ports", "https_ports"];

    /// <summary>The builder of the process. Its files are found beside the program, wherever it is started from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = Directory.Exists(published) ? published : null });
        // Started by `dotnet run` they lie in the projects and packages; the build's manifest says where. A published build has none.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (s_addressSettings.All(key => string.IsNullOrEmpty(configuration[key])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(static options => options.AddServerHeader = false);
        // A route for files that come while a development build runs: with it a wrong method on another route would be 404, not 405.
        configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        // A request waits for five seconds at most; what stops containers and services waits for ten.
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.AddPlainLogging();
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.ConfigureOptions<ForwardedHeadersSetup>();
        builder.Services.AddOptions<TimeZoneOptions>().BindConfiguration(TimeZoneOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(static provider => new ZoneOfOption(provider.GetRequiredService<IOptions<TimeZoneOptions>>().Value.Zone));
        builder.Services.AddSingleton<InstallationZone>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<InstallationZone>());
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        builder.Services.AddHostedService<StartMessage>();
        builder.Services.AddSingleton<Preparation>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<Preparation>());
        return builder;
    }

    /// <summary>One line an event; of the frameworks only what went wrong. What is configured under <c>Logging</c> wins.</summary>
    private static void AddPlainLogging(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
                ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
                ["Logging:LogLevel:System"] = nameof(LogLevel.Warning),
                // It warns at each first start that its keys lie in the database as they are: who reads the database reads all else, too.
                ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = nameof(LogLevel.Error),
                // Who sends a statement hears of its failure, and may expect it: at the first start there is no table of migrations to read.
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = nameof(LogLevel.Critical),
                ["Logging:LogLevel:ActivityLog.Web.Accounts.AccessTokenHandler"] = nameof(LogLevel.Warning),
                ["Logging:LogLevel:ActivityLog.Ingest.Tokens.TokenHandler"] = nameof(LogLevel.Warning),
            },
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(static options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-dd HH:mm:ss'Z' ";
            options.UseUtcTimestamp = true;
            options.ColorBehavior = LoggerColorBehavior.Default;
        });
    }
}
