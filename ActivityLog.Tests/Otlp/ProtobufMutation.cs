namespace ActivityLog.Tests.Otlp;

/// <summary>Changes a body of protobuf in ways that leave much of it readable.</summary>
internal static class ProtobufMutation
{
    // Tags, wire types, lengths and texts that lead somewhere: end groups, groups, varints without an end, bytes that aren't UTF-8.
    private static readonly byte[] s_telling =
        [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0A, 0x0B, 0x0C, 0x0D, 0x10, 0x12, 0x18, 0x1A, 0x21, 0x2A, 0x32, 0x3A, 0x7F, 0x80, 0x81, 0xC0, 0xED, 0xFF];

    public static byte[] Of(byte[] body, Random random)
    {
        var mutated = body.ToList();
        for (var change = random.Next(1, 4); change > 0 && mutated.Count > 0; change--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(8))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    // A field that comes again.
                    var length = random.Next(1, Math.Min(64, mutated.Count - at) + 1);
                    mutated.InsertRange(at, mutated.GetRange(at, length));
                    break;
                case 3 when random.Next(4) == 0:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                default:
                    mutated[at] = s_telling[random.Next(s_telling.Length)];
                    break;
            }
        }

        return [.. mutated];
    }
}
