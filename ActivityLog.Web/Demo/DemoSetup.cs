using ActivityLog.Core.Demo;
using ActivityLog.Web.Hosting;

namespace ActivityLog.Web.Demo;

/// <summary>Sample data, from the console and from the pages.</summary>
internal static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddSampleData().AddSingleton<SampleFill>().AddSingleton<AnyData>().AddSingleton<IConsoleCommand, DemoCommand>();
}
