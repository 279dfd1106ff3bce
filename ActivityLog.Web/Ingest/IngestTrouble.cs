namespace ActivityLog.Web.Ingest;

/// <summary>Something about ingest that a person should look at.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Text">What it means, and what to do.</param>
/// <param name="IsBad">Whether senders are turned away by it; else it is only to be watched.</param>
internal sealed record IngestTrouble(string Title, string Text, bool IsBad);
