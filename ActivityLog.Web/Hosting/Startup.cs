using System.Data.Common;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp.Spool;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting;

/// <summary>What happens before the server listens, and how a start that can't be is told.</summary>
internal static class Startup
{
    // Nobody is answered before the server listens.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Checks the configuration, brings the database up to date, makes what an installation needs; then serves until it is stopped, or does what the first
    /// argument names (<see cref="IConsoleCommand"/>).
    /// </summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> PrepareAndRunAsync(this WebApplication app, string[] args)
    {
        if (!ConsoleCommands.TryFind(app.Services, args, out var command))
        {
            return await RefuseAsync(app, $"for '{args[0]}'", ConsoleCommands.Describe(app.Services));
        }

        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception exception) when (WrongOptions(exception) is { } failures)
        {
            return await RefuseAsync(app, "with this configuration", failures);
        }

        if (command is not null)
        {
            return await ConsoleCommands.RunAsync(app, command);
        }

        if (await PrepareAsync(app.Services) is { } failure)
        {
            return await RefuseAsync(app, "without its database", [failure]);
        }

        using var ended = new CancellationTokenSource();
        app.Lifetime.ApplicationStopping.Register(() => _ = ExitInTimeAsync(app.Services, ended.Token));
        await app.RunAsync();
        await ended.CancelAsync();
        return 0;
    }

    // The driver takes back what it asked a silent database by asking it again, and waits for that without a limit of ours. What is durable doesn't wait for it.
    private static async Task ExitInTimeAsync(IServiceProvider services, CancellationToken ended)
    {
        var database = services.GetRequiredService<DatabaseState>();
        var limit = services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        await Task.Delay(limit, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (database.IsAway && !ended.IsCancellationRequested)
        {
            Environment.Exit(0);
        }
    }

    /// <summary>
    /// Prepares the database. Where that fails or takes long, a server that knows tokens from before starts all the same: it can keep what they send until the
    /// database is there. One that knows none could only refuse.
    /// </summary>
    /// <returns>Why the server can't start; null when it can.</returns>
    private static async Task<string?> PrepareAsync(IServiceProvider services)
    {
        var database = services.GetRequiredService<DatabaseState>();
        var preparing = services.GetRequiredService<Preparation>().RunAsync();
        var canWait = database.CanBeAway && services.GetRequiredService<ISpoolState>().Current.IsOn && services.GetRequiredService<KnownTokens>().Any;
        try
        {
            await (canWait ? preparing.WaitAsync(s_patience) : preparing);
            return null;
        }
        catch (Exception exception) when (exception is DbException || StoreErrors.WillPass(exception))
        {
            if (!canWait)
            {
                return exception.GetBaseException().Message;
            }

            database.StartUnprepared(exception.GetBaseException().Message);
            return null;
        }
    }

    // Several options that are wrong come together; one that can't be read at all (a word for a number) comes as it is.
    private static IReadOnlyList<string>? WrongOptions(Exception exception) => exception switch
    {
        OptionsValidationException wrong => [.. wrong.Failures],
        AggregateException several when several.InnerExceptions.All(static one => WrongOptions(one) is not null) =>
            [.. several.InnerExceptions.SelectMany(static one => WrongOptions(one)!)],
        InvalidOperationException unreadable => [unreadable.Message],
        _ => null,
    };

    private static async Task<int> RefuseAsync(WebApplication app, string why, IReadOnlyList<string> failures)
    {
        await Console.Error.WriteLineAsync($"ActivityLog can't start {why}:");
        foreach (var failure in failures)
        {
            await Console.Error.WriteLineAsync($"  {failure}");
        }

        await app.DisposeAsync();
        return 1;
    }
}
