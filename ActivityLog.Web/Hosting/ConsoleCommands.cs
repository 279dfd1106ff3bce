using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Web.Hosting;

/// <summary>Finds and runs what the program is to do instead of serving.</summary>
internal static class ConsoleCommands
{
    /// <summary>The command that the first argument names; null for an argument that is an option, or for none. False when there is no such command.</summary>
    public static bool TryFind(IServiceProvider services, string[] args, out IConsoleCommand? command)
    {
        command = null;
        if (args is not [var name, ..] || name.StartsWith('-') || name.StartsWith('/') || name.Contains('='))
        {
            return true;
        }

        command = services.GetServices<IConsoleCommand>().FirstOrDefault(one => one.Name == name);
        return command is not null;
    }

    /// <summary>What there is, a line each.</summary>
    public static IReadOnlyList<string> Describe(IServiceProvider services) =>
    [
        "Without a word it serves; these it does instead:",
        .. services.GetServices<IConsoleCommand>().OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => $"{one.Name}: {one.Description}"),
    ];

    /// <summary>Brings the database up to date, and runs the command until it ends or is interrupted.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app, IConsoleCommand command)
    {
        using var interrupted = new CancellationTokenSource();
        ConsoleCancelEventHandler interrupt = (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            await app.Services.GetRequiredService<Preparation>().RunAsync();
            return await command.RunAsync(interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return 1;
        }
        catch (Exception exception) when (exception is DbException or StoreUnavailableException || StoreErrors.WillPass(exception))
        {
            await Console.Error.WriteLineAsync($"The database can't do that now: {exception.GetBaseException().Message}");
            return 1;
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
            await app.DisposeAsync();
        }
    }
}
