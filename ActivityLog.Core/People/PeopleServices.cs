using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Core.People;

/// <summary>Registers who is who.</summary>
public static class PeopleServices
{
    /// <summary>Adds <see cref="IPeopleStore"/>, over the storage that is registered.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddSingleton<IPeopleStore, PeopleStore>();
}
