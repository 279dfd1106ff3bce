using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Core.Demo;

/// <summary>Registers sample data.</summary>
public static class DemoServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISampleData"/>.</summary>
    public static IServiceCollection AddSampleData(this IServiceCollection services) =>
        services.AddSingleton<DemoFill>().AddSingleton<ISampleData, SampleData>();
}
