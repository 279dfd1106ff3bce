namespace ActivityLog.Core.Storage;

/// <summary>Asks the database for a sign of life.</summary>
public interface IDatabaseProbe
{
    /// <summary>Whether it answers within a few seconds.</summary>
    Task<bool> AnswersAsync(CancellationToken cancellationToken);
}
