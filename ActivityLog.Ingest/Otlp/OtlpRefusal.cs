namespace ActivityLog.Ingest.Otlp;

/// <summary>Why a request isn't taken.</summary>
/// <param name="StatusCode">The HTTP status; over gRPC the code of the same meaning is answered. 502 and 503 make senders try again, most others make them drop the batch.</param>
/// <param name="Reason">Why, in a few words that are the same for all requests refused for it: what refusals are counted by.</param>
/// <param name="Message">For the sender: what is wrong and what to do, in English.</param>
internal sealed record OtlpRefusal(int StatusCode, string Reason, string Message)
{
    /// <summary>Something here is in the way for now: the sender should send the same again.</summary>
    public static OtlpRefusal TryAgain(string reason) =>
        new(503, reason, $"{Capital(reason)}. Nothing is lost: send the same request again after the time in Retry-After.");

    /// <summary>How long it will take until the same request may come; null where nobody knows.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>After which time the sender should send the same again; null when that won't help.</summary>
    public TimeSpan? RetryAfter(OtlpOptions options) => Wait ?? (StatusCode is 429 or 503 ? TimeSpan.FromSeconds(options.RetryAfterSeconds) : null);

    /// <summary>What came from outside, short and harmless, to go back in a message.</summary>
    public static string Printable(string? text) => new([.. (text ?? "").Where(static c => c is >= ' ' and <= '~' and not '\'').Take(100)]);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
