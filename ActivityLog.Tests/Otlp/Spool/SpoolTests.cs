using System.Diagnostics;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using Npgsql;
using OpenTelemetry.Proto.Collector.Logs.V1;

namespace ActivityLog.Tests.Otlp.Spool;

public sealed class SpoolTests : IDisposable
{
    private const string Protobuf = "application/x-protobuf";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("activitylog-spool-");

    private string Folder => Path.Combine(_data.FullName, "spool");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Post_DatabaseIsAway_IsAnsweredAndStoredWhenItIsBack()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;
        var before = TimeProvider.System.GetUtcNow().UtcDateTime;

        await PostAsync(host, "req_1", "req_2");

        var received = TimeProvider.System.GetUtcNow().UtcDateTime;
        host.Spool.IsInUse.ShouldBeTrue();
        host.Spool.Requests.ShouldBe(2);
        host.Spool.OldestAt.ShouldNotBeNull().ShouldBeInRange(before, received);
        host.Store.BeforeAppend = static _ => Task.CompletedTask;
        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        var stored = host.Store.Appends.SelectMany(static append => append).ToList();
        stored.SelectMany(static batch => batch.Messages).Select(static message => message.RequestId).ShouldBe(["req_1", "req_2"]);
        stored.SelectMany(static batch => batch.Messages).ShouldAllBe(message => message.ReceivedAt >= before && message.ReceivedAt <= received);
        stored.ShouldAllBe(static batch => batch.TokenKey == 7 && batch.BodyCharacters == 4096);
        host.Spool.IsInUse.ShouldBeFalse();
        host.Spool.Bytes.ShouldBe(0);
        Directory.GetFiles(Folder, "*.spool").ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_DatabaseIsAway_WhatIsWrongIsToldAsEver()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;
        await PostAsync(host, "req_1");

        using var broken = await host.PostAsync("/v1/logs", [0xff, 0xff], Protobuf);
        using var unknown = await host.PostAsync("/v1/logs", Request("req_2"), Protobuf, token: "al_other");

        ((int)broken.StatusCode).ShouldBe(400);
        ((int)unknown.StatusCode).ShouldBe(401);
        host.Spool.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Post_DatabaseIsSilent_IsAnsweredWithinTheWaitAndOthersAtOnce()
    {
        var released = new TaskCompletionSource();
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = _ => released.Task;
        var watch = Stopwatch.StartNew();

        await PostAsync(host, "req_1");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        watch.Restart();
        await PostAsync(host, "req_2", "req_3", "req_4");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2.5));

        released.SetResult();
        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        StoredIds(host).Distinct().Order().ShouldBe(["req_1", "req_2", "req_3", "req_4"]);
    }

    [Fact]
    public async Task Start_AfterACrash_StoresWhatIsWholeAndSetsAsideWhatIsTorn()
    {
        await using (var host = await OtlpHost.StartWithSpoolAsync(_data))
        {
            host.Store.BeforeAppend = Away;
            await PostAsync(host, "req_1", "req_2", "req_3");
        }

        var segment = Directory.GetFiles(Folder, "*.spool").ShouldHaveSingleItem();
        using (var file = File.OpenWrite(segment))
        {
            file.SetLength(file.Length - 5);
        }

        await using var again = await OtlpHost.StartWithSpoolAsync(_data);

        await Soon.TrueAsync(() => again.Spool is { Requests: 0, SetAside: 1 });
        StoredIds(again).ShouldBe(["req_1", "req_2"]);
        Directory.GetFiles(Path.Combine(Folder, "set-aside")).ShouldHaveSingleItem().ShouldEndWith("damaged");
        await PostAsync(again, "req_4");
        StoredIds(again).ShouldContain("req_4");
    }

    [Fact]
    public async Task Start_WithBitsTurnedInTheMiddle_StoresTheOthers()
    {
        await using (var host = await OtlpHost.StartWithSpoolAsync(_data))
        {
            host.Store.BeforeAppend = Away;
            await PostAsync(host, "req_1", "req_2", "req_3");
        }

        var segment = Directory.GetFiles(Folder, "*.spool").ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(segment);
        bytes[bytes.AsSpan().IndexOf("req_2"u8)] ^= 0x40;
        File.WriteAllBytes(segment, bytes);

        await using var again = await OtlpHost.StartWithSpoolAsync(_data);

        await Soon.TrueAsync(() => again.Spool is { Requests: 0, SetAside: 1 });
        StoredIds(again).ShouldBe(["req_1", "req_3"]);
    }

    [Fact]
    public async Task Post_SpoolIsFull_IsToldToTryAgainUntilThereIsRoom()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data, ("ActivityLog:Spool:MaxBytes", "4000"));
        host.Store.BeforeAppend = Away;
        await PostAsync(host, "req_1");

        using var full = await host.PostAsync("/v1/logs", Request("req_2", text: new string('x', 5000)), Protobuf);

        ((int)full.StatusCode).ShouldBe(503);
        full.Headers.RetryAfter.ShouldNotBeNull();
        host.Spool.LastError.ShouldNotBeNull();
        host.Spool.Bytes.ShouldBeLessThanOrEqualTo(4000);
        host.Spool.CanTake.ShouldBeFalse();
        await PostAsync(host, "req_2");
        host.Spool.CanTake.ShouldBeTrue();
        host.Store.BeforeAppend = static _ => Task.CompletedTask;
        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        await PostAsync(host, "req_3");
        StoredIds(host).ShouldBe(["req_1", "req_2", "req_3"]);
    }

    [Fact]
    public async Task Post_AnotherProcessHasTheFolder_IsToldToTryAgain()
    {
        await using var owner = await OtlpHost.StartWithSpoolAsync(_data);
        owner.Spool.CanTake.ShouldBeTrue();
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;

        using var response = await host.PostAsync("/v1/logs", Request("req_1"), Protobuf);

        ((int)response.StatusCode).ShouldBe(503);
        (host.Spool.IsOn, host.Spool.CanTake).ShouldBe((true, false));
    }

    [Fact]
    public async Task Drain_RequestThatCantBeStored_IsSetAsideAndTheOthersAreStored()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;
        await PostAsync(host, "req_1", "poison", "req_2");

        host.Store.BeforeAppend = static batches => batches.Any(static batch => batch.Messages.Any(static message => message.RequestId == "poison"))
            ? throw new InvalidOperationException("poison")
            : Task.CompletedTask;

        await Soon.TrueAsync(() => host.Spool is { Requests: 0, SetAside: 1 });
        StoredIds(host).Distinct().ShouldBe(["req_1", "req_2"]);
        var kept = Directory.GetFiles(Path.Combine(Folder, "set-aside")).ShouldHaveSingleItem();
        File.ReadAllBytes(kept).ShouldBe(Request("poison"));
    }

    [Fact]
    public async Task Start_WithWhatWasSetAsideBefore_StillTellsOfIt()
    {
        await using (var host = await OtlpHost.StartWithSpoolAsync(_data))
        {
            host.Store.BeforeAppend = Away;
            await PostAsync(host, "req_1");
            host.Systems.IsUnknown = true;
            host.Store.BeforeAppend = static _ => Task.CompletedTask;
            await Soon.TrueAsync(() => host.Spool is { Requests: 0, SetAside: 1 });
        }

        await using (var again = await OtlpHost.StartWithSpoolAsync(_data))
        {
            again.Spool.SetAside.ShouldBe(1);
            again.Log.Lines.ShouldContain(static line => line.Contains("set-aside", StringComparison.Ordinal));
        }

        Directory.Delete(Path.Combine(Folder, "set-aside"), recursive: true);
        await using var last = await OtlpHost.StartWithSpoolAsync(_data);
        last.Spool.SetAside.ShouldBe(0);
    }

    [Fact]
    public async Task Drain_SystemWasDeleted_ItsRequestsAreDropped()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;
        await PostAsync(host, "req_1");

        host.Systems.IsDeleted = true;
        host.Store.BeforeAppend = static _ => Task.CompletedTask;

        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        StoredIds(host).ShouldBeEmpty();
    }

    [Fact]
    public async Task Drain_DatabaseWithoutTheSystem_ItsRequestsAreSetAside()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;
        await PostAsync(host, "req_1");

        host.Systems.IsUnknown = true;
        host.Store.BeforeAppend = static _ => Task.CompletedTask;

        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        host.Spool.SetAside.ShouldBe(1);
        StoredIds(host).ShouldBeEmpty();
        var kept = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Single(static file => file.EndsWith("-logs.protobuf", StringComparison.Ordinal));
        (await File.ReadAllBytesAsync(kept)).ShouldBe(Request("req_1"));
    }

    [Fact]
    public async Task Drain_DatabaseWithoutAnySystem_WaitsUntilItHasThem()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = Away;
        await PostAsync(host, "req_1");

        host.Systems.IsEmpty = true;
        host.Store.BeforeAppend = static _ => Task.CompletedTask;
        await Soon.TrueAsync(() => host.Spool.LastError is not null);

        (host.Spool.Requests, host.Spool.SetAside).ShouldBe((1, 0));
        host.Systems.IsEmpty = false;
        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        StoredIds(host).ShouldBe(["req_1"]);
    }

    [Fact]
    public async Task Post_DatabaseLacksTables_IsSpooledAndToldAsAnError()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data);
        host.Store.BeforeAppend = static _ => throw new PostgresException("relation \"messages\" does not exist", "ERROR", "ERROR", PostgresErrorCodes.UndefinedTable);

        await PostAsync(host, "req_1", "req_2");

        (host.Spool.Requests, host.Spool.IsInUse).ShouldBe((2, true));
        host.Log.Lines.ShouldContain(static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("lacks tables", StringComparison.Ordinal));
        host.Store.BeforeAppend = static _ => Task.CompletedTask;
        await Soon.TrueAsync(() => host.Spool.Requests == 0);
        StoredIds(host).ShouldBe(["req_1", "req_2"]);
        host.Spool.SetAside.ShouldBe(0);
    }

    [Fact]
    public async Task Post_SpoolTurnedOff_IsToldToTryAgain()
    {
        await using var host = await OtlpHost.StartWithSpoolAsync(_data, ("ActivityLog:Spool:MaxBytes", "0"));
        host.Store.BeforeAppend = Away;

        using var response = await host.PostAsync("/v1/logs", Request("req_1"), Protobuf);

        ((int)response.StatusCode).ShouldBe(503);
        (host.Spool.IsOn, host.Spool.CanTake).ShouldBe((false, false));
        host.Store.BeforeAppend = static _ => Task.CompletedTask;
        await Soon.TrueAsync(async () =>
        {
            using var again = await host.PostAsync("/v1/logs", Request("req_2"), Protobuf);
            return again.IsSuccessStatusCode;
        });
    }

    private static Task Away(IReadOnlyList<TelemetryBatch> batches) => throw new StoreUnavailableException("away");

    private static IEnumerable<string?> StoredIds(OtlpHost host) =>
        host.Store.Appends.SelectMany(static append => append).SelectMany(static batch => batch.Messages).Select(static message => message.RequestId);

    private static byte[] Request(string requestId, string text = "") =>
        Build.Logs(Build.Attributes("service.name", "claude-code"), "com.anthropic.claude_code.events", Build.Event("api_request",
            "session.id", A.Session, "request_id", requestId, "model", "claude-sonnet-5-5", "cost_usd", 0.25, "text", text)).ToByteArray();

    private static async Task PostAsync(OtlpHost host, params string[] requestIds)
    {
        foreach (var id in requestIds)
        {
            using var response = await host.PostAsync("/v1/logs", Request(id), Protobuf);
            ((int)response.StatusCode).ShouldBe(200, id);
            ExportLogsServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).PartialSuccess.ShouldBeNull();
        }
    }
}
