using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Otlp;

/// <summary>Answers as a test tells it.</summary>
internal sealed class FakeDatabaseProbe : IDatabaseProbe
{
    public bool Answers { get; set; } = true;

    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => Task.FromResult(Answers);
}
