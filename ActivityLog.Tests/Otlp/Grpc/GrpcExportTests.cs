using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace ActivityLog.Tests.Otlp.Grpc;

public sealed class GrpcExportTests : IAsyncLifetime
{
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Unavailable = 14;
    private const int Unauthenticated = 16;

    private static readonly byte[] s_logs = Body("logs");
    private static readonly byte[] s_traces = Body("traces");
    private static readonly byte[] s_metrics = Body("metrics");
    private static readonly string s_path = GrpcClient.Path(OtlpSignal.Logs);

    private OtlpHost _host = null!;
    private GrpcClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await OtlpHost.StartWithGrpcAsync(("MaxRequestBytes", "65536"), ("RetryAfterSeconds", "7"));
        _client = new(_host.GrpcPort);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Export_EachSignal_IsStoredAndAnsweredOk()
    {
        foreach (var (signal, body) in new[] { (OtlpSignal.Logs, s_logs), (OtlpSignal.Traces, s_traces), (OtlpSignal.Metrics, s_metrics) })
        {
            var reply = await _client.ExportAsync(signal, body);
            (reply.HttpStatus, reply.Code, reply.Details).ShouldBe((200, 0, null));
            reply.Message.ShouldBe([]);
        }

        _host.Store.Appends.Select(static append => append[0].Points.Count > 0).ShouldBe([false, false, true]);
        _host.Refusals.List().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip", 1)]
    [InlineData("gzip", 0)]
    [InlineData("identity", 0)]
    public async Task Export_EachEncoding_IsStored(string encoding, byte flag)
    {
        var message = flag == 0 ? s_logs : Gzip(s_logs);

        var reply = await _client.SendAsync(s_path, GrpcClient.Frame(message, flag), "application/grpc+proto", ("grpc-encoding", encoding));

        reply.Code.ShouldBe(0, reply.Text);
        _host.Store.Appends.ShouldHaveSingleItem().ShouldHaveSingleItem().Messages.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Export_EmptyMessage_IsOk()
    {
        (await _client.ExportAsync(OtlpSignal.Logs, [])).Code.ShouldBe(0);
        _host.Store.Appends.ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_ABadPointAmongGood_StoresTheGoodAndSaysWhatIsWrong()
    {
        var request = ExportMetricsServiceRequest.Parser.ParseFrom(s_metrics);
        var points = request.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints;
        points.Add(new OpenTelemetry.Proto.Metrics.V1.NumberDataPoint(points[0]) { AsDouble = double.NaN });

        var reply = await _client.ExportAsync(OtlpSignal.Metrics, request.ToByteArray());

        reply.Code.ShouldBe(0);
        var partial = ExportMetricsServiceResponse.Parser.ParseFrom(reply.Message!).PartialSuccess;
        partial.RejectedDataPoints.ShouldBe(1);
        partial.ErrorMessage.ShouldContain("finite");
        _host.Store.Appends.ShouldHaveSingleItem();
        _host.Refusals.ListOfToken(7).ShouldHaveSingleItem().StatusCode.ShouldBe(200);
    }

    public static TheoryData<string, byte[], string?> Broken => new()
    {
        { "nothing", [], null },
        { "cut frame", [0, 0, 0], null },
        { "cut message", GrpcClient.Frame(s_logs)[..^1], null },
        { "two messages", [.. GrpcClient.Frame(s_logs), .. GrpcClient.Frame(s_logs)], null },
        { "a byte too many", [.. GrpcClient.Frame(s_logs), 0], null },
        { "unknown flag", GrpcClient.Frame(s_logs, flag: 2), null },
        { "compressed, nobody says how", GrpcClient.Frame(Gzip(s_logs), flag: 1), null },
        { "no gzip", GrpcClient.Frame(s_logs, flag: 1), "gzip" },
        { "empty gzip", GrpcClient.Frame([], flag: 1), "gzip" },
        { "cut gzip", GrpcClient.Frame(Gzip(s_logs)[..^20], flag: 1), "gzip" },
        { "no protobuf", GrpcClient.Frame([0xFF, 0xFF, 0xFF]), null },
        { "cut protobuf", GrpcClient.Frame(s_logs[..(s_logs.Length / 2)]), null },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Export_WhatCantBeRead_IsInvalidArgumentAndNothingIsStored(string what, byte[] body, string? encoding)
    {
        var reply = await _client.SendAsync(s_path, body, metadata: encoding is null ? [] : [("grpc-encoding", encoding)]);

        (reply.HttpStatus, reply.Code).ShouldBe((200, InvalidArgument), what);
        reply.Text.ShouldNotBeEmpty();
        reply.Message.ShouldBeNull();
        reply.RetryDelay.ShouldBeNull();
        _host.Store.Appends.ShouldBeEmpty();
        _host.Refusals.ListOfToken(7).ShouldHaveSingleItem().StatusCode.ShouldBe(400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Export_OverTheLimit_IsResourceExhaustedAndNotToBeRepeated(byte flag)
    {
        var garbage = new byte[65537];

        var reply = await _client.SendAsync(s_path, GrpcClient.Frame(flag == 0 ? garbage : Gzip(garbage), flag), metadata: ("grpc-encoding", "gzip"));

        reply.Code.ShouldBe(ResourceExhausted);
        reply.Text.ShouldContain("65536");
        reply.RetryDelay.ShouldBeNull();
    }

    [Fact]
    public async Task Export_LengthOverTheLimit_IsResourceExhaustedBeforeItCame()
    {
        var frame = GrpcClient.Frame(s_logs);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), uint.MaxValue);

        (await _client.SendAsync(s_path, frame)).Code.ShouldBe(ResourceExhausted);
    }

    [Fact]
    public async Task Export_ExactlyTheLimit_IsRead()
    {
        // A field that nobody knows fills it up.
        var fill = new byte[65536 - s_logs.Length - 5];
        byte[] message = [.. s_logs, 0x82, 0x7D, .. Varint(fill.Length), .. fill];

        (await _client.ExportAsync(OtlpSignal.Logs, message)).Code.ShouldBe(0);
        message.Length.ShouldBe(65536);
    }

    [Theory]
    [InlineData(null, null, "no token")]
    [InlineData("Bearer al_unknown", null, "not known")]
    [InlineData("Bearer al_revoked", null, "revoked on 2026-11-17")]
    [InlineData("", "al_unknown", "not known")]
    public async Task Export_WithoutAGoodToken_IsUnauthenticatedAndSaysWhy(string? authorization, string? apiKey, string says)
    {
        using var client = new GrpcClient(_host.GrpcPort, token: null);

        var reply = await client.SendAsync(s_path, GrpcClient.Frame(s_logs), metadata: Metadata(authorization, apiKey));

        reply.Code.ShouldBe(Unauthenticated);
        reply.Text.ShouldContain(says);
        // Beyond ASCII, and so percent-encoded on the way.
        reply.Text.ShouldContain("al_…");
        _host.Store.Appends.ShouldBeEmpty();
        _host.Refusals.List().ShouldHaveSingleItem().StatusCode.ShouldBe(401);
    }

    [Theory]
    [InlineData("Bearer%20al_good", null)]
    [InlineData(null, "al_good")]
    public async Task Export_WithAGoodTokenInEachForm_IsOk(string? authorization, string? apiKey)
    {
        using var client = new GrpcClient(_host.GrpcPort, token: null);

        (await client.SendAsync(s_path, GrpcClient.Frame(s_logs), metadata: Metadata(authorization, apiKey))).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_StoreFails_IsUnavailableWithATimeToTryAgainWhateverItThrows(bool isUnavailable)
    {
        _host.Store.BeforeAppend = _ => throw (isUnavailable ? new StoreUnavailableException("away") : new InvalidOperationException("broken"));

        var reply = await _client.ExportAsync(OtlpSignal.Logs, s_logs);

        (reply.HttpStatus, reply.Code).ShouldBe((200, Unavailable));
        reply.Details!.Code.ShouldBe(Unavailable);
        reply.RetryDelay.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Export_TokensCantBeChecked_IsUnavailable()
    {
        _host.Tokens.Failure = new StoreUnavailableException("away");

        var reply = await _client.ExportAsync(OtlpSignal.Logs, s_logs);

        reply.Code.ShouldBe(Unavailable);
        reply.RetryDelay.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Import", "application/grpc", null)]
    [InlineData("/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export", "application/grpc", null)]
    [InlineData("/v1/logs", "application/grpc", null)]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", "application/grpc+json", null)]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", "application/grpc-web", null)]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", "application/grpc", "zstd")]
    public async Task Export_AnotherMethodTypeOrEncoding_IsUnimplemented(string path, string contentType, string? encoding)
    {
        var reply = await _client.SendAsync(path, GrpcClient.Frame(s_logs), contentType, encoding is null ? [] : [("grpc-encoding", encoding)]);

        (reply.HttpStatus, reply.Code).ShouldBe((200, Unimplemented));
        reply.Message.ShouldBeNull();
        _host.Refusals.ListOfToken(7).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("POST", "/v1/logs", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("GET", "/", HttpStatusCode.MethodNotAllowed)]
    public async Task Send_NoGrpc_IsRefusedInHttp(string method, string path, HttpStatusCode status)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new(method), $"http://127.0.0.1:{_host.GrpcPort}{path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(status);
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain("OTLP/gRPC");
        var refusal = _host.Refusals.List().ShouldHaveSingleItem();
        (refusal.StatusCode, refusal.Source).ShouldBe(((int)status, "127.0.0.1"));
    }

    [Fact]
    public async Task Send_GrpcToTheWebAddress_IsNoCall()
    {
        using var response = await _host.PostAsync(s_path, GrpcClient.Frame(s_logs), "application/grpc");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _host.Store.Appends.ShouldBeEmpty();
    }

    private static (string Name, string Value)[] Metadata(string? authorization, string? apiKey) =>
        [.. new[] { ("authorization", authorization), ("x-api-key", apiKey) }.Where(static one => one.Item2 is not null).Select(static one => (one.Item1, one.Item2!))];

    private static byte[] Body(string signal) => Mapped.Body(Recording.Load("protobuf").Requests.First(request => request.Signal == signal));

    // Always three bytes.
    private static byte[] Varint(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];

    private static byte[] Gzip(byte[] message)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(message);
        }

        return stream.ToArray();
    }
}
