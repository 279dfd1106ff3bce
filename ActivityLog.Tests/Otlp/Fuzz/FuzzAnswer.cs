using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>How a request was answered.</summary>
/// <param name="Status">The HTTP status, or the gRPC code.</param>
/// <param name="IsAllowed">Whether a sender may be told that of what it sent.</param>
/// <param name="Sound">What a sound request holds; null for a broken one.</param>
/// <param name="Text">What the answer says, where it isn't allowed.</param>
internal sealed record FuzzAnswer(int Status, bool IsAllowed, OtlpSignal? Sound, string Text);
