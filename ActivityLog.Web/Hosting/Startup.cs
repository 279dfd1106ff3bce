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
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
            await app.Services.GetRequiredService<FirstAdmin>().PrepareAsync();
        }
        catch (OptionsValidationException exception)
        {
            await Refuse(exception.Failures);
            return 1;
        }

        await app.RunAsync();
        return 0;
    }

    private static async Task Refuse(IEnumerable<string> failures)
    {
        await Console.Error.WriteLineAsync("ActivityLog can't start with this configuration:");
        foreach (var failure in failures)
        {
            await Console.Error.WriteLineAsync($"  {failure}");
        }
    }
}
