using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Otlp;

/// <summary>A name that is no text is one that isn't known.</summary>
public sealed partial class JsonNameTests
{
    public static TheoryData<string> Recordings => [.. Recording.Names.Where(static name => name.StartsWith("json", StringComparison.Ordinal))];

    [Theory]
    [InlineData("/v1/logs")]
    [InlineData("/v1/traces")]
    [InlineData("/v1/metrics")]
    public async Task Post_NameWithHalfASurrogatePair_IsIgnored(string path)
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync(path, """{"\uD800xxxxxxxx":1,"\uDC00esourceLogs":[],"\uD83D\uDE00":{},"resource\uD800":[]}"""u8.ToArray(), "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_NameWithHalfASurrogatePairWhereThePathTellsNoSignal_IsSkippedOnTheWayToTheSignal()
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync("/api/v1/otlp", """{"\uD800esourceLogs":[],"resourceMetrics":[]}"""u8.ToArray(), "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_EachNameOfARecordingBroken_IsMappedOrCantBeDecoded(string name)
    {
        foreach (var request in Recording.Load(name).Requests.GroupBy(static request => request.Signal).SelectMany(static requests => requests.Take(2)))
        {
            var text = Encoding.UTF8.GetString(Mapped.Body(request));
            foreach (var place in Names().Matches(text).DistinctBy(static match => match.Value))
            {
                var broken = Encoding.UTF8.GetBytes(Names().Replace(text, match => match.Value == place.Value ? $"\"\\uD83D{match.Value[2..]}" : match.Value));

                Should.NotThrow(() => Mapped.Map(Mapped.Signal(request), broken, OtlpEncoding.Json), place.Value);
            }
        }
    }

    [Fact]
    public void Map_ManyTextsThatAreNone_AreRepairedEach()
    {
        var json = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"a","value":{"stringValue":"\uD83D"}},{"key":"\uDE00b","value":{"stringValue":"\uD83D\uDE00\uDE00"}}]}]}]}]}""";

        var message = Mapped.Map(OtlpSignal.Logs, Encoding.UTF8.GetBytes(json), OtlpEncoding.Json).Messages.ShouldHaveSingleItem();

        Build.Metadata(message)["a"].GetString().ShouldBe("\uFFFD");
        Build.Metadata(message)["\uFFFDb"].GetString().ShouldBe("😀\uFFFD");
    }

    [GeneratedRegex("\"[A-Za-z]+\"(?=:)")]
    private static partial Regex Names();
}
