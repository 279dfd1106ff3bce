using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace ActivityLog.Tests.Otlp;

/// <summary>Writes requests as OTLP/JSON, independently of the product's reader: protobuf's own JSON, with the ids in hex.</summary>
internal static class OtlpJson
{
    private static readonly string[] s_ids = ["traceId", "spanId", "parentSpanId"];

    public static byte[] Of(IMessage request)
    {
        var json = JsonNode.Parse(new JsonFormatter(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true)).Format(request))!;
        WriteIdsInHex(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void WriteIdsInHex(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, member) in members.ToList())
            {
                if (s_ids.Contains(name))
                {
                    members[name] = Convert.ToHexString(Convert.FromBase64String(member!.GetValue<string>()));
                }
                else
                {
                    WriteIdsInHex(member);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                WriteIdsInHex(item);
            }
        }
    }
}
