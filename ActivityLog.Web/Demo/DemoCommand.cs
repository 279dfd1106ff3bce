using System.Globalization;
using ActivityLog.Core.Demo;
using ActivityLog.Web.Hosting;

namespace ActivityLog.Web.Demo;

/// <summary><c>demo</c>: fills a System of its own with sample data.</summary>
internal sealed class DemoCommand(ISampleData sampleData, IConfiguration configuration, TimeProvider clock) : IConsoleCommand
{
    public string Name => "demo";

    public string Description => "fills a System “Demo data” with the work of a team of twelve over 90 days; it can be removed with one click";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("Filling a System with sample data: a team of twelve, 90 days.");
        var begun = clock.GetTimestamp();
        var progress = new ConsoleProgress();
        var system = await sampleData.FillAsync(progress, cancellationToken);
        Console.Write(Console.IsOutputRedirected ? "" : Environment.NewLine);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"“{system.Name}” has {progress.Messages:n0} new messages, after {clock.GetElapsedTime(begun).TotalSeconds:0} s."));
        Console.WriteLine($"Open {Address()} (where no server runs yet, start it: the same command without “demo”).");
        Console.WriteLine("To remove it, press Remove on the Overview, or delete the System.");
        return 0;
    }

    private string Address() => configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls.Split(';')[0] : HostingSetup.DefaultUrl;

    // A line that is written over; where nobody looks, a line each tenth.
    private sealed class ConsoleProgress : IProgress<SampleProgress>
    {
        private int _told = -1;

        public long Messages { get; private set; }

        public void Report(SampleProgress value)
        {
            Messages = value.Messages;
            var percent = (int)(value.Done * 100);
            var step = Console.IsOutputRedirected ? percent / 10 : percent;
            if (step != _told)
            {
                _told = step;
                var text = string.Create(CultureInfo.InvariantCulture, $"  {percent,3} %  {value.Messages,9:n0} messages");
                Console.Write(Console.IsOutputRedirected ? text + Environment.NewLine : "\r" + text);
            }
        }
    }
}
