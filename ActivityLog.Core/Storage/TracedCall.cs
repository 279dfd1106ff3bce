using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>A row with a span id: what tells whether a call was told twice by two instrumentation libraries.</summary>
internal sealed record TracedCall(
    int System, MessageKey Key, MessageType Type, MessageParts Parts, string TraceId, long SpanId, long? ParentSpanId, int? ModelId,
    long? Input, long? Output, long? CacheRead, long? CacheCreate, long AttributeSetKey);
