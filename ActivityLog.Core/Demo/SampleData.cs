using ActivityLog.Core.Messages;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;

namespace ActivityLog.Core.Demo;

/// <inheritdoc/>
internal sealed class SampleData(ISystemStore systems, ITokenStore tokens, DemoFill fill, MessageFeed feed, TimeProvider clock) : ISampleData
{
    private const string Name = "Demo data";
    private const string Description = "Made up, to show what the reports look like: a team of twelve, 90 days. Delete this System to remove it.";
    private const int Days = 90;

    public async Task<MonitoredSystem?> FindAsync(CancellationToken cancellationToken) =>
        (await systems.ListAsync(cancellationToken)).FirstOrDefault(static system => system.IsSample);

    public async Task<MonitoredSystem> FillAsync(IProgress<SampleProgress> progress, CancellationToken cancellationToken)
    {
        var system = await FindAsync(cancellationToken) ?? await MakeAsync(cancellationToken);
        var token = await TokenAsync(system, cancellationToken);
        // The days before the System was made stay the same however often it is filled: so do the ids of all messages.
        var first = DateOnly.FromDateTime(system.CreatedAt).AddDays(-Days);
        var now = clock.GetUtcNow().UtcDateTime;
        var days = DateOnly.FromDateTime(now).DayNumber - first.DayNumber + 1.0;
        long messages = 0;
        await fill.RunAsync(
            DemoCrowd.Team(first, Days),
            new(system.Key, token.Key, token.RetentionDays),
            now,
            (batch, appended) =>
            {
                messages += appended.NewMessages;
                feed.Publish([system.Key], appended.NewMessages);
                progress.Report(new(Math.Clamp((batch.Day.DayNumber - first.DayNumber) / days, 0, 1), messages));
            },
            cancellationToken);
        progress.Report(new(1, messages));
        return system;
    }

    private async Task<MonitoredSystem> MakeAsync(CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? Name : $"{Name} {number}";
            if (await systems.CreateSampleAsync(name, Description, cancellationToken) is { } system)
            {
                return system;
            }
        }
    }

    // Nobody sends with it: its secret isn't shown, and it is revoked at once.
    private async Task<IngestToken> TokenAsync(MonitoredSystem system, CancellationToken cancellationToken)
    {
        if (await tokens.ListAsync(system.Key, cancellationToken) is [.., var known])
        {
            return known;
        }

        var created = await tokens.CreateAsync(new(system.Key, Name, RetentionPeriod.Forever, null, null), cancellationToken);
        await tokens.RevokeAsync(system.Key, created.Token.Id, cancellationToken);
        return created.Token;
    }
}
