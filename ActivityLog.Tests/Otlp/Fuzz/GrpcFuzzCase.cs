using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>A call to make.</summary>
/// <param name="Signal">What its path says, mostly.</param>
/// <param name="Path">The method.</param>
/// <param name="ContentType">What it says that it is.</param>
/// <param name="Metadata">Headers.</param>
/// <param name="Content">The bytes, frames and all.</param>
/// <param name="IsSound">Whether it must be taken, and its marker stored.</param>
internal sealed record GrpcFuzzCase(OtlpSignal Signal, string Path, string ContentType, (string Name, string Value)[] Metadata, byte[] Content, bool IsSound);
