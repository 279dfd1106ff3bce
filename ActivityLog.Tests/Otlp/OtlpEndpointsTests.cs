using System.IO.Compression;
using System.Net;
using System.Text;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace ActivityLog.Tests.Otlp;

public sealed class OtlpEndpointsTests
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    private static readonly byte[] s_logs = Mapped.Body(Recording.Load("protobuf").Requests.First(static request => request.Signal == "logs"));
    private static readonly byte[] s_traces = Mapped.Body(Recording.Load("protobuf").Requests.First(static request => request.Signal == "traces"));
    private static readonly byte[] s_metrics = Mapped.Body(Recording.Load("protobuf").Requests.First(static request => request.Signal == "metrics"));

    [Theory]
    [InlineData("/api/v1/otlp/v1/logs")]
    [InlineData("/v1/logs")]
    [InlineData("/v1/logs/")]
    [InlineData("/api/v1/otlp/logs")]
    [InlineData("/api/v1/otlp")]
    [InlineData("/api/v1/otlp/v1/logs/v1/logs")]
    [InlineData("/api/v1/otlp/v1/traces/v1/logs")]
    [InlineData("/v1/logs/v1/logs")]
    public async Task Post_EachPathOfASignal_IsStoredAndAnswered200(string path)
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync(path, s_logs, Protobuf);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(Protobuf);
        ExportLogsServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).PartialSuccess.ShouldBeNull();
        host.Store.Appends.ShouldHaveSingleItem().ShouldHaveSingleItem().Messages.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Post_EachSignalWithoutASuffix_IsToldByItsContent()
    {
        await using var host = await OtlpHost.StartAsync();

        foreach (var body in new[] { s_logs, s_traces, s_metrics })
        {
            using var response = await host.PostAsync("/api/v1/otlp", body, Protobuf);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        host.Store.Appends.Select(static append => append[0].Points.Count > 0).ShouldBe([false, false, true]);
        host.Store.Appends[1][0].Messages.ShouldAllBe(static message => message.Parts == Core.Messages.MessageParts.Span);
    }

    [Fact]
    public async Task Post_NothingWithoutASuffix_Is400ThatNamesThePaths()
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync("/api/v1/otlp", "{}"u8.ToArray(), Json);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain("/v1/logs");
    }

    [Fact]
    public async Task Post_EmptyJson_IsAnsweredInJson()
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync("/v1/logs", "{}"u8.ToArray(), "application/json; charset=utf-8");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Replace(" ", "", StringComparison.Ordinal).ShouldBe("{}");
        host.Store.Appends.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_GzipAndChunked_IsStored()
    {
        await using var host = await OtlpHost.StartAsync();
        using var content = new StreamContent(new MemoryStream(Gzip(s_logs)));
        content.Headers.ContentType = new(Protobuf);
        content.Headers.ContentEncoding.Add("gzip");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = content, Headers = { TransferEncodingChunked = true } };
        request.Headers.Authorization = new("Bearer", FakeTokenStore.Good);

        using var response = await host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Appends.ShouldHaveSingleItem();
    }

    public static TheoryData<string, byte[], string, string?> Undecodable => new()
    {
        { "garbage", [0xFF, 0xFF, 0xFF, 0xFF], Protobuf, null },
        { "cut protobuf", s_logs[..(s_logs.Length / 2)], Protobuf, null },
        { "protobuf as JSON", s_logs, Json, null },
        { "cut JSON", "{\"resourceLogs\":["u8.ToArray(), Json, null },
        { "no JSON", [], Json, null },
        { "wrong JSON", "{\"resourceLogs\":{}}"u8.ToArray(), Json, null },
        { "JSON and more", "{} {}"u8.ToArray(), Json, null },
        { "list", "[]"u8.ToArray(), Json, null },
        { "wrong number", "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"soon\"}]}]}]}"u8.ToArray(), Json, null },
        { "deep JSON", Encoding.UTF8.GetBytes(Deep(200)), Json, null },
        { "no gzip", s_logs, Protobuf, "gzip" },
        { "cut gzip", Gzip(s_logs)[..^20], Protobuf, "gzip" },
        { "gzip without its end", Gzip(s_logs)[..^8], Protobuf, "gzip" },
        { "empty gzip", [], Protobuf, "gzip" },
    };

    [Theory]
    [MemberData(nameof(Undecodable))]
    public async Task Post_WhatCantBeDecoded_Is400AndNothingIsStored(string what, byte[] body, string contentType, string? encoding)
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync("/v1/logs", body, contentType, encoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, what);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        (await OtlpHost.ErrorOfAsync(response)).ShouldNotBeEmpty();
        host.Store.Appends.ShouldBeEmpty();
        host.Refusals.ListOfToken(7).ShouldHaveSingleItem().StatusCode.ShouldBe(400);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData(Protobuf, "br")]
    public async Task Post_AnotherTypeOrEncoding_Is415(string contentType, string? encoding)
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await host.PostAsync("/v1/logs", s_logs, contentType, encoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        await OtlpHost.ErrorOfAsync(response);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_GarbageOverTheLimit_Is413BeforeItIsLookedAt(bool compressed)
    {
        await using var host = await OtlpHost.StartAsync(("MaxRequestBytes", "4096"));
        var garbage = new byte[5000];
        var body = compressed ? Gzip(garbage) : garbage;

        using var response = await host.PostAsync("/v1/logs", body, Protobuf, encoding: compressed ? "gzip" : null);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain("4096");
    }

    [Fact]
    public async Task Post_ChunkedOverTheLimit_Is413()
    {
        await using var host = await OtlpHost.StartAsync(("MaxRequestBytes", "4096"));
        using var content = new StreamContent(new MemoryStream(new byte[20_000]));
        content.Headers.ContentType = new(Protobuf);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = content, Headers = { TransferEncodingChunked = true } };
        request.Headers.Authorization = new("Bearer", FakeTokenStore.Good);

        using var response = await host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_BombOfEmptyRecords_Is413()
    {
        await using var host = await OtlpHost.StartAsync(("MaxRequestRecords", "1000"));
        var request = new ExportLogsServiceRequest { ResourceLogs = { new OpenTelemetry.Proto.Logs.V1.ResourceLogs { ScopeLogs = { new OpenTelemetry.Proto.Logs.V1.ScopeLogs() } } } };
        request.ResourceLogs[0].ScopeLogs[0].LogRecords.AddRange(Enumerable.Range(0, 1001).Select(static _ => new OpenTelemetry.Proto.Logs.V1.LogRecord()));

        using var response = await host.PostAsync("/v1/logs", request.ToByteArray(), Protobuf);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(Protobuf)]
    [InlineData(Json)]
    public async Task Post_BombOfEmptyValues_Is413(string contentType)
    {
        await using var host = await OtlpHost.StartAsync(("MaxRequestElements", "1000"));
        var request = new ExportLogsServiceRequest { ResourceLogs = { new OpenTelemetry.Proto.Logs.V1.ResourceLogs { Resource = new() } } };
        request.ResourceLogs[0].Resource.Attributes.AddRange(Enumerable.Range(0, 600_000).Select(static _ => new OpenTelemetry.Proto.Common.V1.KeyValue()));

        using var response = await host.PostAsync("/v1/logs", contentType == Json ? OtlpJson.Of(request) : request.ToByteArray(), contentType);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(null, null, "no token")]
    [InlineData("Bearer ", null, "form")]
    [InlineData("Basic YTpi", null, "form")]
    [InlineData("Bearer al_unknown", null, "not known")]
    [InlineData("Bearer al_revoked", null, "revoked on 2026-11-17")]
    [InlineData("Bearer eyJhbGciOiJFUzI1NiJ9.e30.sig", null, "API")]
    [InlineData("Bearer something", null, "al_")]
    [InlineData("", "al_unknown", "not known")]
    public async Task Post_WithoutAGoodToken_Is401ThatSaysWhy(string? authorization, string? apiKey, string says)
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await SendAsync(host, authorization, apiKey);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain(says);
        host.Store.Appends.ShouldBeEmpty();
        host.Refusals.List().ShouldHaveSingleItem().StatusCode.ShouldBe(401);
    }

    [Theory]
    [InlineData("Bearer al_good", null)]
    [InlineData("bearer al_good", null)]
    [InlineData("Bearer%20al_good", null)]
    [InlineData(null, "al_good")]
    [InlineData("", "al_good")]
    public async Task Post_WithAGoodTokenInEachForm_Is200(string? authorization, string? apiKey)
    {
        await using var host = await OtlpHost.StartAsync();

        using var response = await SendAsync(host, authorization, apiKey);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_TokensCantBeChecked_Is503()
    {
        await using var host = await OtlpHost.StartAsync();
        host.Tokens.Failure = new StoreUnavailableException("away");

        using var response = await host.PostAsync("/v1/logs", s_logs, Protobuf);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_StoreFails_Is503WithRetryAfterWhateverItThrows(bool isUnavailable)
    {
        await using var host = await OtlpHost.StartAsync();
        host.Store.BeforeAppend = _ => throw (isUnavailable ? new StoreUnavailableException("away") : new InvalidOperationException("broken"));

        using var response = await host.PostAsync("/v1/logs", s_logs, Protobuf);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        await OtlpHost.ErrorOfAsync(response);
    }

    [Fact]
    public async Task Post_ABadPointAmongGood_StoresTheGoodAndSaysWhatIsWrong()
    {
        await using var host = await OtlpHost.StartAsync();
        var request = ExportMetricsServiceRequest.Parser.ParseFrom(s_metrics);
        var points = request.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints;
        points.Add(new OpenTelemetry.Proto.Metrics.V1.NumberDataPoint(points[0]) { AsDouble = double.NaN });

        using var response = await host.PostAsync("/v1/metrics", request.ToByteArray(), Protobuf);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var partial = ExportMetricsServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).PartialSuccess;
        partial.RejectedDataPoints.ShouldBe(1);
        partial.ErrorMessage.ShouldContain("finite");
        host.Store.Appends.ShouldHaveSingleItem();
        host.Refusals.ListOfSystem(1).ShouldHaveSingleItem().StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET", "/v1/logs", 405)]
    [InlineData("PUT", "/api/v1/otlp/v1/traces", 405)]
    [InlineData("GET", "/api/v1/otlp", 405)]
    [InlineData("POST", "/v1/log", 404)]
    [InlineData("GET", "/v1", 404)]
    [InlineData("POST", "/api/v1/otlp/v1/log", 404)]
    [InlineData("POST", "/api/v1/otlp/v2/logs", 404)]
    public async Task Send_WrongPathOrMethod_IsRefusedWithAStatus(string method, string path, int statusCode)
    {
        await using var host = await OtlpHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new("Bearer", FakeTokenStore.Good);

        using var response = await host.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(statusCode);
        (await OtlpHost.ErrorOfAsync(response)).ShouldContain(statusCode == 405 ? "POST" : "/v1/logs");
        host.Refusals.ListOfToken(7).ShouldHaveSingleItem().StatusCode.ShouldBe(statusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(OtlpHost host, string? authorization, string? apiKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new ByteArrayContent(s_logs) };
        request.Content.Headers.ContentType = new(Protobuf);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (apiKey is not null)
        {
            request.Headers.Add("x-api-key", apiKey);
        }

        return await host.Client.SendAsync(request);
    }

    private static string Deep(int levels) =>
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":"
        + string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", levels)) + string.Concat(Enumerable.Repeat("]}}", levels)) + "}]}]}]}";

    private static byte[] Gzip(byte[] body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return stream.ToArray();
    }
}
