using System.Text.Json;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Otlp;

public sealed class MutatedBodyTests
{
    [Theory]
    [InlineData("protobuf")]
    [InlineData("json")]
    public void Map_BodiesWithBytesChanged_AreMappedOrRefusedAndNothingElse(string name)
    {
        var random = new Random(72);
        var requests = Recording.Load(name).Requests;
        for (var i = 0; i < 600; i++)
        {
            var request = requests[random.Next(requests.Count)];
            var body = Mapped.Body(request);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var length = random.Next(4) == 0 ? random.Next(body.Length) : body.Length;
            try
            {
                var signal = (OtlpSignal)random.Next(3);
                SignalDetector.Detect(body.AsSpan(0, length), Mapped.Encoding(request));
                var mapped = Mapped.Map(signal, body.AsSpan(0, length), Mapped.Encoding(request));
                foreach (var message in mapped.Messages)
                {
                    JsonDocument.Parse(message.Metadata).Dispose();
                    JsonDocument.Parse(message.Attributes.Json).Dispose();
                    message.Body?.ShouldNotContain('\0');
                    message.Name.ShouldNotContain('\0');
                }
            }
            catch (OtlpDecodeException)
            {
                // The answer is 400.
            }
        }
    }
}
