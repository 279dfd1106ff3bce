using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>One running product for the tests of a class; each test makes a System of its own.</summary>
public abstract class AppFixture(StorageEngine engine) : IAsyncLifetime
{
    private ActivityLogApp? _app;

    public ActivityLogApp App => _app!;

    public async Task InitializeAsync() => _app = await ActivityLogApp.StartAsync(engine, ActivityLogApp.WithGrpc());

    public async Task DisposeAsync()
    {
        // xunit disposes what failed to start, too.
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
