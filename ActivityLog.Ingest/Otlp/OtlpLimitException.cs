namespace ActivityLog.Ingest.Otlp;

/// <summary>A request holds more than it may. The message is for the sender. Answered with 413, nothing of it is stored.</summary>
/// <param name="limit">How much it may hold.</param>
/// <param name="what">Of what.</param>
/// <param name="option">Name of the option in <see cref="OtlpOptions"/> that says so.</param>
internal sealed class OtlpLimitException(int limit, string what, string option)
    : Exception($"A request may have {limit} {what}; send smaller batches, or raise {OtlpOptions.Section}:{option}.");
