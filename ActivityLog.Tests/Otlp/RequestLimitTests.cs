using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp;

/// <summary>What a request may hold is held to, whatever stands beside it.</summary>
public sealed class RequestLimitTests
{
    private static readonly RequestLimits s_limits = new(MaxRecords: int.MaxValue, MaxElements: 1000, MaxSharedCharacters: int.MaxValue);

    // From the request down to the repeated field, whose empty messages are too many.
    private static readonly Dictionary<string, int[]> s_paths = new()
    {
        ["Logs"] = [1, 2, 2, 6, 2, 5],
        ["Traces"] = [1, 2, 2, 11, 3, 2, 6],
        ["Metrics"] = [1, 2, 2, 5],
    };

    public static TheoryData<string, int, string> Unknown
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var (signal, path) in s_paths)
            {
                for (var level = 0; level <= path.Length; level++)
                {
                    // A group of a field that nobody knows, and the two types that don't exist.
                    data.Add(signal, level, "A306A406");
                    data.Add(signal, level, "A606");
                    data.Add(signal, level, "A706");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Map_TooManyElementsBehindWhatIsSkipped_IsRefused(string signal, int level, string skipped)
    {
        // More than what is taken for too small to matter.
        const int Elements = 600_000;
        byte[] body = [.. Enumerable.Repeat<byte[]>([0x0A, 0x00], Elements).SelectMany(static empty => empty)];
        var path = s_paths[signal];
        for (var i = path.Length; i >= 0; i--)
        {
            byte[] behind = i == level ? [.. Convert.FromHexString(skipped), .. body] : body;
            body = i == 0 ? behind : Field(path[i - 1], behind);
        }

        Should.Throw<OtlpLimitException>(() => OtlpRequest.Map(Enum.Parse<OtlpSignal>(signal), body, OtlpEncoding.Protobuf, Mapped.Context(), s_limits));
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new Google.Protobuf.CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
