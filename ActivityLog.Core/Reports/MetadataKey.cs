namespace ActivityLog.Core.Reports;

/// <summary>An attribute that cost can be told apart by.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Values">Different values of it among the calls that were looked at.</param>
/// <param name="IsPinned">Whether summaries tell its values apart, so that reports by it are answered at once.</param>
public sealed record MetadataKey(string Key, int Values, bool IsPinned);
