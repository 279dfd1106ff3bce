using ActivityLog.Ingest.Otlp;
using Google.Protobuf;

namespace ActivityLog.Tests.Otlp;

public sealed class SignalDetectorTests
{
    [Fact]
    public void Detect_LargeProtobuf_IsToldWithoutACopyOfIt()
    {
        var body = Build.Spans([], new string('s', 4_000_000), Build.Span("span")).ToByteArray();
        SignalDetector.Detect(body, OtlpEncoding.Protobuf);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var signal = SignalDetector.Detect(body, OtlpEncoding.Protobuf);

        signal.ShouldBe(OtlpSignal.Traces);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task Post_WithoutASignalOverTheTokensLimit_IsRefusedBeforeItIsLookedAt()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Limits = new(RecordsPerSecond: null, BytesPerDay: 10);

        using var response = await host.PostAsync("/api/v1/otlp", "{\"nothing\":\"that is known\"}"u8.ToArray(), "application/json");

        // Looked at, it would be a 400: nothing says what it holds.
        ((int)response.StatusCode).ShouldBe(413);
    }
}
