using System.IO.Pipelines;
using ActivityLog.Ingest.Otlp;
using Microsoft.Extensions.Options;

namespace ActivityLog.Tests.Otlp;

public sealed class BodyBufferTests
{
    private const int Most = 64 * 1024 * 1024;

    private readonly BufferBudget _budget = new(Options.Create(new OtlpOptions()));

    [Fact]
    public async Task Fill_SendersThatSayMuchAndSendNothing_LeaveTheMemoryToOthers()
    {
        using var gone = new CancellationTokenSource();
        var idle = Enumerable.Range(0, 100).Select(async _ =>
        {
            using var buffer = new BodyBuffer(_budget, Most);
            await Should.ThrowAsync<OperationCanceledException>(async () => await buffer.FillAsync(new Pipe().Reader.AsStream(), Most, gone.Token));
        }).ToList();
        using var other = new BodyBuffer(_budget, Most);

        var outcome = await other.FillAsync(new MemoryStream(new byte[Most]), Most, CancellationToken.None);

        (outcome, other.Length).ShouldBe((BodyOutcome.Whole, Most));
        await gone.CancelAsync();
        await Task.WhenAll(idle);
        other.Dispose();
        _budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Fill_LessThanWasSaid_TakesMemoryForWhatCame()
    {
        var pipe = new Pipe();
        using var gone = new CancellationTokenSource();
        using var buffer = new BodyBuffer(_budget, Most);
        await pipe.Writer.WriteAsync(new byte[3000]);

        var reading = buffer.FillAsync(pipe.Reader.AsStream(), Most, gone.Token).AsTask();

        _budget.Used.ShouldBeInRange(3000, 1024 * 1024);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }
}
