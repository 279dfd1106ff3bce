using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.People;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Tests.Summaries;

/// <summary>What sums answer is what raw rows answer, to the last number: the same is asked twice of the same data, once while the sums count as not built.</summary>
public abstract class SumReadsTests(EngineFixture engine)
{
    private const string Repository = "vcs.repository.url.full";

    // Half an hour off whole hours, and with clocks that change by half an hour on 2026-04-05.
    private const string LordHowe = "Australia/Lord_Howe";

    private static readonly string[] s_ranges =
    [
        "", "from=2026-04-02&to=2026-04-08", "from=2026-04-03T09:15:00Z&to=2026-04-06T22:45:00Z", "to=2026-04-05", "from=2026-04-05",
    ];

    private static readonly string[] s_filters =
    [
        "", "user=ann&user=", "user=bob", "model=opus&model=", "serviceName=codex", "serviceName=", $"metadata.{Repository}=https%3A%2F%2Fone", $"metadata.{Repository}=&model=sonnet",
    ];

    [Theory]
    [InlineData("UTC", "UTC")]
    [InlineData("UTC", "Asia/Kolkata")]
    [InlineData(LordHowe, LordHowe)]
    [InlineData("America/New_York", LordHowe)]
    public async Task ReadAsync_SpendByAnything_IsThatOfTheRows(string days, string zone)
    {
        var system = await FillAsync(days);
        var all = SpendBy.Model | SpendBy.User | SpendBy.Day | SpendBy.Attribute;
        var questions = Queries(system, zone)
            .SelectMany(query => Enumerable.Range(0, (int)all + 1).Select(static by => (SpendBy)by).Where(by => (by & all) == by).Select(by => (Query: query, By: by)))
            .ToList();
        foreach (var (query, by) in questions)
        {
            (await IsOfSumsAsync(query, by.HasFlag(SpendBy.Day))).ShouldBeTrue();
        }

        await CompareAsync(
            questions,
            async one => Rows(await engine.Get<SpendStore>().ReadAsync(one.Query, one.By, one.By.HasFlag(SpendBy.Attribute) ? Repository : null, CancellationToken.None)));
    }

    [Theory]
    [InlineData("UTC", "UTC")]
    [InlineData("UTC", "Asia/Kolkata")]
    [InlineData(LordHowe, LordHowe)]
    public async Task GetAsync_Overview_IsThatOfTheRows(string days, string zone)
    {
        var system = await FillAsync(days);

        await CompareAsync(
            Queries(system, zone).ToList(),
            async query => JsonSerializer.Serialize((await engine.Get<IOverviewStore>().GetAsync(query, CancellationToken.None)) with { Query = query with { Zone = TimeZoneInfo.Utc } }, s_json));
    }

    [Theory]
    [InlineData("UTC", "UTC")]
    [InlineData("UTC", "Asia/Kolkata")]
    [InlineData(LordHowe, LordHowe)]
    public async Task RunAsync_ApiByModel_IsThatOfTheRows(string days, string zone)
    {
        var system = await FillAsync(days);
        var report = engine.Get<IEnumerable<IReport>>().Single(static one => one.Info.Slug == "api-by-model");
        (await report.RunAsync(Query.Report(system), CancellationToken.None)).Total[6].ShouldBeOfType<long>().ShouldBeGreaterThan(0);

        await CompareAsync(Queries(system, zone).ToList(), async query =>
        {
            var table = await report.RunAsync(query, CancellationToken.None);
            return string.Join('\n', table.Rows.Append(table.Total).Select(static row => string.Join(' ', row.Take(7))));
        });
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("tools-by-user")]
    public async Task RunAsync_Tools_AreThoseOfTheRows(string slug)
    {
        var system = await FillAsync("UTC");
        var report = engine.Get<IEnumerable<IReport>>().Single(one => one.Info.Slug == slug);

        await CompareAsync(Queries(system, "Asia/Kolkata").ToList(), async query =>
        {
            var table = await report.RunAsync(query, CancellationToken.None);
            // Percentiles aren't exact: the last two.
            return string.Join('\n', table.Rows.Append(table.Total).Select(static row => string.Join(' ', row.SkipLast(2))));
        });
    }

    [Theory]
    [InlineData("type=ai.generation&groupBy=model,day&metric=sum(costMicrocents),count(),sum(inputTokens)&tz=Australia/Lord_Howe", true)]
    [InlineData("type=ai.generation&groupBy=hour,userName&metric=sum(outputTokens)&tz=Asia/Kolkata", true)]
    [InlineData("type=ai.generation&metric=sum(costMicrocents),sum(cacheReadTokens)&serviceName=codex", true)]
    [InlineData("type=ai.generation&groupBy=week,serviceName&metric=count()&from=2026-04-03T09:15:00Z", true)]
    [InlineData("groupBy=type,status&metric=count()", true)]
    [InlineData("groupBy=month,systemId,metadata.vcs.repository.url.full&metric=count()", true)]
    [InlineData("type=ai.repeat&metric=count()", true)]
    [InlineData("type=ai.error&groupBy=day,model&metric=count()&tz=Australia/Lord_Howe", true)]
    [InlineData("type=ai.prompt&type=ai.error&groupBy=userName,model&metric=count()", true)]
    [InlineData("type=ai.tool&groupBy=toolName&metric=count()&userName=ann", true)]
    [InlineData("type=ai.tool&status=denied&groupBy=userName&metric=count()", true)]
    [InlineData("type=ai.generation&groupBy=model&metric=count()&meta.vcs.repository.url.full=", true)]
    [InlineData("type=ai.generation&groupBy=day&metric=count()&metadata.team=web", false)]
    [InlineData("type=ai.generation&groupBy=day,hour&metric=count()", false)]
    [InlineData("type=ai.generation&groupBy=sessionId&metric=count()", false)]
    [InlineData("type=ai.generation&metric=avg(costMicrocents)", false)]
    [InlineData("type=ai.generation&metric=p95(durationMs)", false)]
    [InlineData("metric=sum(costMicrocents)", false)]
    [InlineData("metric=count()&q=x", false)]
    [InlineData("metric=count()&from=2026-04-03T09:15:01Z", false)]
    public async Task AggregateAsync_WhatSumsHold_IsThatOfTheRows(string query, bool isOfSums)
    {
        var system = await FillAsync(LordHowe);

        (await engine.Get<IMessageStore>().AggregateAsync(Query.Aggregate(system, query), CancellationToken.None)).IsOfSummaries.ShouldBe(isOfSums);

        await CompareAsync(
            [query],
            async one => string.Join('\n', (await engine.Get<IMessageStore>().AggregateAsync(Query.Aggregate(system, one), CancellationToken.None)).Lines()));
    }

    [Fact]
    public async Task RunAsync_SeriesThatGenerationsTell_AreMarkedAndTheRestIsStillTold()
    {
        var system = await FillAsync("UTC");
        var query = Query.Report(system);
        var before = Rows(await engine.Get<SpendStore>().ReadAsync(query, SpendBy.Model | SpendBy.Day, CancellationToken.None));

        (await engine.Get<ToldSeriesSweeper>().RunAsync(CancellationToken.None)).ShouldBeGreaterThan(0);

        Rows(await engine.Get<SpendStore>().ReadAsync(query, SpendBy.Model | SpendBy.Day, CancellationToken.None)).ShouldBe(before);
        before.ShouldContain(SpendSource.Metrics);
        (await engine.Get<ToldSeriesSweeper>().RunAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_GenerationThatToldASeriesExpires_TheSeriesIsToldAgain()
    {
        var system = await engine.CreateSystemAsync();
        var generation = A.Generation(system, "a", session: "s-1", with: static message => message.ExpiresAt = A.Noon.AddDays(1));
        await engine.Get<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, [generation], [A.Point(system, session: "s-1")])], CancellationToken.None);
        await engine.Get<ToldSeriesSweeper>().RunAsync(CancellationToken.None);
        var spend = engine.Get<SpendStore>();
        (await spend.ReadAsync(Query.Report(system), SpendBy.Nothing, CancellationToken.None)).ShouldHaveSingleItem().Source.ShouldBe(SpendSource.Events);

        await engine.Get<RetentionSteps>().DeleteMessagesAsync(new RetentionSlice(system.Key, 0, A.Noon.AddDays(2), 100), CancellationToken.None);

        (await spend.ReadAsync(Query.Report(system), SpendBy.Nothing, CancellationToken.None)).ShouldHaveSingleItem().Source.ShouldBe(SpendSource.Metrics);
    }

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private static IEnumerable<ReportQuery> Queries(MonitoredSystem system, string zone) =>
        s_filters.SelectMany((filter, i) => new[] { s_ranges[i % s_ranges.Length], s_ranges[(i + 2) % s_ranges.Length] }
            .Select(range => Query.Report(system, $"{range}&{filter}&tz={zone}")));

    private static string Rows(IEnumerable<SpendRow> rows) => string.Join('\n', rows.Select(static row =>
            FormattableString.Invariant($"{row.Source} {row.Day:O} {row.Model ?? "-"} {row.User ?? "-"} {row.Value ?? "-"} {row.Usage}")).Order(StringComparer.Ordinal));

    private async Task CompareAsync<T>(IReadOnlyList<T> questions, Func<T, Task<string>> answer)
    {
        List<string> summed = [];
        foreach (var question in questions)
        {
            summed.Add(await answer(question));
        }

        var built = await SetAsync(static settings => settings with { AreBuilt = false });
        try
        {
            foreach (var (question, answered) in questions.Zip(summed))
            {
                answered.ShouldBe(await answer(question), $"{question}");
            }
        }
        finally
        {
            await SetAsync(_ => built);
        }
    }

    private async Task<bool> IsOfSumsAsync(ReportQuery query, bool byDay) => await engine.Get<SqlDatabase>().SnapshotAsync(
        async reader => Sums.Of(await SummaryStates.ReadAsync(reader, CancellationToken.None), query, byDay) is not null, CancellationToken.None);

    private async Task<SummarySettings> SetAsync(Func<SummarySettings, SummarySettings> change)
    {
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var row = await context.Settings.SingleOrDefaultAsync(static one => one.Name == SummarySettings.Name);
        var before = SummarySettings.Parse(row?.Value);
        var after = change(before).ToString();
        if (row is null)
        {
            context.Settings.Add(new SettingRow { Name = SummarySettings.Name, Value = after });
        }
        else
        {
            row.Value = after;
        }

        await context.SaveChangesAsync();
        return before;
    }

    // Ten days around the change of clocks, of four people with five names, in sessions of all kinds, with parts that merge and repeats.
    private async Task<MonitoredSystem> FillAsync(string days)
    {
        await SetAsync(settings => settings with { Zone = days });
        var system = await engine.CreateSystemAsync();
        var random = new Random(5);
        List<Message> messages = [];
        List<MetricPoint> points = [];
        for (var i = 0; i < 400; i++)
        {
            var at = new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(10 * 24 * 60)).AddMicroseconds(random.Next(3) - 1);
            var session = $"s-{random.Next(30)}";
            Action<Message> with = message =>
            {
                message.OccurredAt = at;
                message.UserName = Pick(random, "ann", "anne", "bob", "carl", null);
                message.ServiceName = Pick(random, "claude-code", "codex", null);
                message.Metadata = Pick(random, $$"""{"{{Repository}}":"https://one","team":"web"}""", $$"""{"{{Repository}}":"https://two"}""", """{"team":"data","attempt":"2"}""", """{"attempt":5}""", "{}")!;
                message.SessionId = random.Next(10) == 0 ? null : message.SessionId;
            };
            switch (random.Next(8))
            {
                case 0:
                    messages.Add(A.Tool(system, $"tool-{i}", session: session, toolName: Pick(random, "Bash", "Edit")!, with: with + (message => message.Status = random.Next(3) switch { 0 => MessageStatus.Denied, 1 => MessageStatus.Error, _ => MessageStatus.Ok })));
                    break;
                case 1:
                    messages.Add(A.Message(system, session: session, with: with + (message => message.Type = Pick(random, MessageType.Prompt, MessageType.Error, MessageType.Event, MessageType.Repeat, MessageType.Decision))));
                    break;
                default:
                    messages.Add(A.Generation(system, $"call-{i}", session: session, with: with + (message =>
                    {
                        message.Model = Pick(random, "opus", "sonnet", null);
                        message.CostNanodollars = random.Next(5) == 0 ? null : random.NextInt64(5_000_000_000);
                        message.InputTokens = random.Next(6) == 0 ? null : random.Next(300_000);
                    })));
                    break;
            }

            if (i % 8 == 0)
            {
                // Of sessions that have generations, of others, and of none.
                points.Add(Point(system, random.Next(4) == 0 ? null : $"s-{random.Next(40)}", at, random.Next(2) == 0));
            }
        }

        await engine.Get<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, messages, points)], CancellationToken.None);
        (await engine.Get<IPeopleStore>().SetAliasAsync("anne", "ann", CancellationToken.None)).ShouldBe(AliasChange.Done);
        return system;
    }

    private static T? Pick<T>(Random random, params T?[] of) => of[random.Next(of.Length)];

    private static MetricPoint Point(MonitoredSystem system, string? session, DateTime at, bool isCost) => new()
    {
        SystemKey = system.Key,
        SeriesKey = MessageKeys.Session(system.Key, MessageKeys.SessionSource.Content, $"{session} {isCost}"),
        TokenKey = 1,
        Name = isCost ? "claude_code.cost.usage" : "claude_code.token.usage",
        Unit = isCost ? "USD" : "tokens",
        Kind = MetricKind.Sum,
        Temporality = MetricTemporality.Delta,
        StartedAt = at.AddMinutes(-1),
        OccurredAt = at,
        ReceivedAt = at,
        Value = isCost ? 0.012345 : 1234,
        UserName = "anne",
        SessionId = session,
        Model = "opus",
        ServiceName = "claude-code",
        Attributes = AttributeSet.Empty,
        Metadata = isCost ? "{}" : """{"type":"output"}""",
    };
}

public sealed class SqliteSumReadsTests(SqliteFixture engine) : SumReadsTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSumReadsTests(PostgresFixture engine) : SumReadsTests(engine), IClassFixture<PostgresFixture>;
