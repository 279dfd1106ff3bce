using ActivityLog.Core.Reports;

namespace ActivityLog.Tests.Reports;

public sealed class ModelColorSlotsTests
{
    [Theory]
    [InlineData("claude-opus-4-8", "c1")]
    [InlineData("claude-sonnet-5", "c2")]
    [InlineData("anthropic/Claude-Haiku-4-5", "c3")]
    [InlineData("gpt-5.2-codex", "c4")]
    [InlineData("gemini-3-pro", "c5")]
    [InlineData("mistral-large", "c6")]
    public void Next_FirstOfItsFamily_GetsTheFamilysSlot(string model, string expected) => ModelColorSlots.Next(model, []).ShouldBe(expected);

    [Fact]
    public void Next_VersionsOfAFamily_StepAndGoRoundAgain()
    {
        List<string> given = ["c2"];
        for (var version = 0; version < 4; version++)
        {
            given.Add(ModelColorSlots.Next($"claude-opus-{version}", given));
        }

        given.ShouldBe(["c2", "c1", "c1-2", "c1-3", "c1"]);
    }

    [Fact]
    public void Next_MoreOthersThanSlots_AreOther()
    {
        List<string> given = [];
        for (var model = 0; model < 4; model++)
        {
            given.Add(ModelColorSlots.Next($"llama-{model}", given));
        }

        given.ShouldBe(["c6", "c7", "c8", "other"]);
    }
}
