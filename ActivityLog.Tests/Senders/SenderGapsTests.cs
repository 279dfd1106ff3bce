using ActivityLog.Core.Senders;

namespace ActivityLog.Tests.Senders;

public sealed class SenderGapsTests
{
    private static readonly DateTime s_now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_AllArrives_NothingIsMissing() => SenderGaps.Of(Seen(), s_now).ShouldBeEmpty();

    [Fact]
    public void Of_JustSeen_ItIsTooEarlyToTell() =>
        SenderGaps.Of(Seen(firstMinutesAgo: 2, traces: null, metrics: null, user: "82c1"), s_now).ShouldBeEmpty();

    [Fact]
    public void Of_OtherServices_ChooseForThemselves() => SenderGaps.Of(Seen(isClaudeCode: false, traces: null, metrics: null), s_now).ShouldBeEmpty();

    [Theory]
    [InlineData("2.1.330", "export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp")]
    [InlineData("3.0.0-beta.1", "export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp")]
    [InlineData(null, "export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp")]
    [InlineData("2.0.77", "export ENABLE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp")]
    [InlineData("1.0.128", "claude update")]
    public void Of_NoTraces_TheLineIsThatOfTheVersion(string? version, string line) =>
        SenderGaps.Of(Seen(version: version, traces: null), s_now)[0].Fix.ShouldBe(line);

    [Fact]
    public void Of_OnlyTraces_NamesLogsMetricsAndThePerson()
    {
        var gaps = SenderGaps.Of(Seen(logs: null, metrics: null, user: "82c1"), s_now);

        gaps.Select(static gap => gap.Fix).ShouldBe(
        [
            "export CLAUDE_CODE_ENABLE_TELEMETRY=1 OTEL_LOGS_EXPORTER=otlp",
            "export OTEL_METRICS_EXPORTER=otlp",
            "export OTEL_RESOURCE_ATTRIBUTES=\"service.name=claude-code,user.name=$USER\"",
        ]);
        gaps[0].Missing.ShouldStartWith("no logs");
    }

    [Fact]
    public void Of_OneOnWindows_LinesAreForPowerShell()
    {
        var gaps = SenderGaps.Of(Seen(logs: null, traces: null, metrics: null, user: "82c1", os: "windows", prompts: false), s_now);

        gaps.Select(static gap => gap.Fix).ShouldBe(
        [
            "$env:CLAUDE_CODE_ENABLE_TELEMETRY=\"1\"; $env:OTEL_LOGS_EXPORTER=\"otlp\"",
            "$env:CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=\"1\"; $env:OTEL_TRACES_EXPORTER=\"otlp\"",
            "$env:OTEL_METRICS_EXPORTER=\"otlp\"",
            "$env:OTEL_RESOURCE_ATTRIBUTES=\"service.name=claude-code,user.name=$env:USERNAME\"",
            "$env:OTEL_LOG_USER_PROMPTS=\"1\"",
        ]);
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("darwin")]
    [InlineData(null)]
    public void Of_PromptsAreOff_OffersTheLineAsAChoice(string? os)
    {
        var gap = SenderGaps.Of(Seen(os: os, prompts: false), s_now).ShouldHaveSingleItem();

        gap.Fix.ShouldBe("export OTEL_LOG_USER_PROMPTS=1");
        gap.IsOptional.ShouldBeTrue();
        gap.Missing.ShouldContain("what people type");
        SenderGaps.Of(Seen(os: os, prompts: true), s_now).ShouldBeEmpty();
    }

    [Fact]
    public void Of_SignalThatStoppedADayAgo_IsSaidSinceWhen() =>
        SenderGaps.Of(Seen(logs: 60 * 30), s_now).ShouldHaveSingleItem().Missing.ShouldStartWith("since 2026-11-21 no logs");

    [Fact]
    public void Of_VersionWithoutPromptIds_SaysSo()
    {
        var gap = SenderGaps.Of(Seen(version: "2.0.77"), s_now).ShouldHaveSingleItem();

        gap.Missing.ShouldContain("2.0.77");
        gap.Fix.ShouldBe("claude update");
    }

    private static Sender Seen(
        string? version = "2.1.330", int firstMinutesAgo = 4 * 24 * 60, int? logs = 1, int? traces = 1, int? metrics = 1, string? user = "alice", bool isClaudeCode = true,
        string? os = "linux", bool? prompts = null) => new()
        {
            SystemKey = 1,
            SenderKey = 1,
            TokenKey = 1,
            UserName = user,
            Installation = "82c1",
            IsClaudeCode = isClaudeCode,
            Version = version,
            OsType = os,
            SendsPrompts = prompts,
            FirstSeenAt = s_now.AddMinutes(-firstMinutesAgo),
            LastSeenAt = s_now,
            LastLogsAt = logs is { } l ? s_now.AddMinutes(-l) : null,
            LastTracesAt = traces is { } t ? s_now.AddMinutes(-t) : null,
            LastMetricsAt = metrics is { } m ? s_now.AddMinutes(-m) : null,
        };
}
