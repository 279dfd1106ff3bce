namespace ActivityLog.Core.Demo;

/// <summary>How far filling with sample data has come.</summary>
/// <param name="Done">From 0 to 1.</param>
/// <param name="Messages">Messages that weren't there before.</param>
public sealed record SampleProgress(double Done, long Messages);
