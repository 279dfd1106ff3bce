using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>One running product for the tests of a class; each test makes a System of its own.</summary>
public abstract class AppFixture(StorageEngine engine) : IAsyncLifetime
{
    public ActivityLogApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await ActivityLogApp.StartAsync(engine);

    public async Task DisposeAsync() => await App.DisposeAsync();
}
