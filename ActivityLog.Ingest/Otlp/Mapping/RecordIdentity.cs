using ActivityLog.Core.Messages;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What a record is.</summary>
/// <param name="Type">What it tells.</param>
/// <param name="Name">Event or span name without its product prefix.</param>
/// <param name="Part">Event, span or denial.</param>
/// <param name="TraceId">16 bytes, or null.</param>
/// <param name="SpanId">Big-endian, or null.</param>
internal readonly record struct RecordIdentity(MessageType Type, string Name, MessageParts Part, byte[]? TraceId, long? SpanId);
