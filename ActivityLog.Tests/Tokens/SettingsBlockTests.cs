using System.Text.Json;
using ActivityLog.Web.Tokens;

namespace ActivityLog.Tests.Tokens;

public sealed class SettingsBlockTests
{
    private static readonly SettingsBlock s_block = new("http://localhost:5080/", "al_secret");

    [Fact]
    public void Shell_NoName_NamesEachExporterAndTheShellsUser()
    {
        s_block.Shell().ShouldBe("""
            export CLAUDE_CODE_ENABLE_TELEMETRY=1
            export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1
            export OTEL_LOGS_EXPORTER=otlp
            export OTEL_METRICS_EXPORTER=otlp
            export OTEL_TRACES_EXPORTER=otlp
            export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
            export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:5080/api/v1/otlp
            export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer al_secret"
            export OTEL_METRICS_INCLUDE_REPOSITORY=1
            export OTEL_RESOURCE_ATTRIBUTES="service.name=claude-code,user.name=$USER"
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void PowerShell_NoName_UsesItsOwnForms()
    {
        var lines = s_block.PowerShell().Split('\n');

        lines.ShouldContain("$env:OTEL_LOGS_EXPORTER = \"otlp\"");
        lines.ShouldContain("$env:OTEL_RESOURCE_ATTRIBUTES = \"service.name=claude-code,user.name=$env:USERNAME\"");
    }

    [Fact]
    public void SettingsJson_NoName_LeavesTheUserOutBecauseNothingIsExpanded()
    {
        var variables = JsonDocument.Parse(s_block.SettingsJson()).RootElement.GetProperty("env");

        variables.GetProperty("OTEL_RESOURCE_ATTRIBUTES").GetString().ShouldBe("service.name=claude-code");
        variables.GetProperty("OTEL_EXPORTER_OTLP_HEADERS").GetString().ShouldBe("Authorization=Bearer al_secret");
    }

    [Theory]
    [InlineData("Zoë Smith", "user.name=Zo%C3%AB%20Smith")]
    [InlineData("a\"$(x)`b", "user.name=a%22%24%28x%29%60b")]
    public void AllForms_TypedName_IsPercentEncoded(string person, string expected)
    {
        var block = s_block with { Person = person };

        block.Shell().ShouldContain(expected);
        block.PowerShell().ShouldContain(expected);
        block.SettingsJson().ShouldContain(expected);
    }

    [Fact]
    public void Shell_ContentNotAskedFor_SendsNoPrompts()
    {
        s_block.Shell().ShouldNotContain("OTEL_LOG_");
        (s_block with { WithContent = true }).Shell().ShouldContain("export OTEL_LOG_USER_PROMPTS=1");
    }
}
