namespace ActivityLog.Web.Hosting;

/// <summary>What the program does instead of serving, when its first argument names it. It may run beside a server on the same database.</summary>
internal interface IConsoleCommand
{
    /// <summary>The argument.</summary>
    string Name { get; }

    /// <summary>What it does, in a line.</summary>
    string Description { get; }

    /// <summary>Does it, and tells on the console how it goes. The database is up to date.</summary>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(CancellationToken cancellationToken);
}
