namespace ActivityLog.Core.Demo;

/// <summary>Tokens of one call.</summary>
internal readonly record struct DemoUsage(long Input, long Output, long CacheRead, long CacheCreate);
