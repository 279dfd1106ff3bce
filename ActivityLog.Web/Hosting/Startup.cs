using System.Data.Common;
using ActivityLog.Core.Storage;
using ActivityLog.Web.Accounts;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting;

/// <summary>What happens before the server listens, and how a start that can't be is told.</summary>
internal static class Startup
{
    /// <summary>Checks the configuration, brings the database up to date, makes what an installation needs; then serves until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> PrepareAndRunAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception exception) when (WrongOptions(exception) is { } failures)
        {
            return await RefuseAsync(app, "with this configuration", failures);
        }

        try
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        }
        catch (DbException exception)
        {
            return await RefuseAsync(app, "without its database", [exception.GetBaseException().Message]);
        }

        await app.Services.GetRequiredService<FirstAdmin>().PrepareAsync();
        await app.RunAsync();
        return 0;
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
