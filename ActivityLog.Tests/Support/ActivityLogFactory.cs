using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Tests.Support;

/// <summary>Runs the product's Program in this process, on Kestrel.</summary>
internal sealed class ActivityLogFactory : WebApplicationFactory<Program>
{
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;

    public ActivityLogFactory(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services)
    {
        _settings = settings;
        _services = services;
        UseKestrel(static options => options.Listen(IPAddress.Loopback, 0));
    }

    public Uri BaseAddress => new(
        Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First(static address => address.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)));

    protected override IHost CreateHost(IHostBuilder builder)
    {
        // As the host's configuration it is there before the first line of Program, as a command line would be.
        builder.ConfigureHostConfiguration(host => host.AddInMemoryCollection(_settings.Where(static setting => setting.Value is not null)));
        return base.CreateHost(builder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Production);
        builder.UseStaticWebAssets();
        builder.ConfigureLogging(static logging => logging.ClearProviders());
        if (_services is not null)
        {
            builder.ConfigureTestServices(_services);
        }
    }
}
