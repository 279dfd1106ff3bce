using System.Globalization;
using ActivityLog.Core.Summaries;
using ActivityLog.Web.Hosting;

namespace ActivityLog.Web.Settings;

/// <summary><c>rebuild-summaries</c>: compares all sums with the rows that they sum up, and corrects what differs.</summary>
internal sealed class RebuildSummariesCommand(ISummaryMaintenance summaries, TimeProvider clock) : IConsoleCommand
{
    public string Name => "rebuild-summaries";

    public string Description => "compares what is summed up with the messages themselves and corrects what differs; a server may run meanwhile";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("Comparing what is summed up with the messages and metric points themselves.");
        var begun = clock.GetTimestamp();
        var told = -1;
        var rows = await summaries.RebuildAsync(
            progress =>
            {
                var percent = (int)(progress * 100);
                var step = Console.IsOutputRedirected ? percent / 10 : percent;
                if (step != told)
                {
                    told = step;
                    var text = string.Create(CultureInfo.InvariantCulture, $"  {percent,3} %  {clock.GetElapsedTime(begun).TotalSeconds,5:0} s");
                    Console.Write(Console.IsOutputRedirected ? text + Environment.NewLine : "\r" + text);
                }
            },
            cancellationToken);
        Console.Write(Console.IsOutputRedirected ? "" : Environment.NewLine);
        Console.WriteLine(rows == 0
            ? "All sums were right."
            : string.Create(CultureInfo.InvariantCulture, $"All sums are right now: {rows:n0} corrections, after {clock.GetElapsedTime(begun).TotalSeconds:0} s."));
        return 0;
    }
}
