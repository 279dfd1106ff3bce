using ActivityLog.Core.Storage;

namespace ActivityLog.Core.People;

/// <summary>Keeps whose names are one person's. Nothing stored changes: aliases are applied whenever something is read. Safe to call from many threads.</summary>
/// <exception cref="StoreUnavailableException">All: the database can't be asked now; trying again may work.</exception>
public interface IPeopleStore
{
    /// <summary>Most names that are looked at; an installation with more sees the first of them.</summary>
    const int MaxNames = 50_000;

    /// <summary>Names of people, of all Systems, in ordinal order.</summary>
    Task<PeoplePage> ListAsync(PeopleQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a name an alias of another one, or a name of its own again. What stood for the name stands for the other one then; an alias of an alias is one of the
    /// name that this stands for.
    /// </summary>
    /// <param name="name">The name as stored.</param>
    /// <param name="aliasOf">The other name; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<AliasChange> SetAliasAsync(string name, string? aliasOf, CancellationToken cancellationToken);
}
