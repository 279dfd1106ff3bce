using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Messages;

/// <summary>One row of a waterfall.</summary>
/// <param name="Message">What it shows.</param>
/// <param name="Depth">How deep below the prompt; 0 is the prompt.</param>
/// <param name="Offset">Where its bar begins, 0 to 1 of the whole.</param>
/// <param name="Length">How long its bar is, 0 to 1 of the whole.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Waited">Where the wait for a person begins and how long it is; null without one.</param>
public sealed record WaterfallRow(MessageView Message, int Depth, double Offset, double Length, TimeSpan Duration, (double Offset, double Length)? Waited);
