using ActivityLog.Core.Storage;
using ActivityLog.Web.Accounts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ActivityLog.Web.Hosting;

/// <summary>Says on the console where the server listens and, while there is no admin, the setup code and the address to open.</summary>
internal sealed class StartMessage(IServer server, DatabaseState database, FirstAdmin firstAdmin, SetupCode setupCode) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        await Console.Out.WriteLineAsync();
        foreach (var address in addresses)
        {
            await Console.Out.WriteLineAsync($"ActivityLog listens on {address}");
        }

        if (!database.IsPrepared)
        {
            await Console.Out.WriteLineAsync("Its database is away: what senders post is kept until it is back.");
            return;
        }

        if (await firstAdmin.ExistsAsync())
        {
            return;
        }

        setupCode.Changed += WriteCode;
        await Console.Out.WriteLineAsync();
        await Console.Out.WriteLineAsync("There is no admin yet. Make the first one:");
        await Console.Out.WriteLineAsync($"  Open:       {Openable(addresses.FirstOrDefault() ?? HostingSetup.DefaultUrl)}{SetupPage.Path}");
        WriteCode(setupCode.Text);
        await Console.Out.WriteLineAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        setupCode.Changed -= WriteCode;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The code belongs to whoever can read the console, not into log files: so it isn't logged.
    private static void WriteCode(string code) => Console.WriteLine($"  Setup code: {code}");

    // "All addresses" can be listened on, not opened.
    private static string Openable(string address) => address
        .Replace("//[::]", "//localhost", StringComparison.Ordinal)
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .TrimEnd('/');
}
