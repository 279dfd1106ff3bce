using ActivityLog.Core.Summaries;

namespace ActivityLog.Tests.Summaries;

public sealed class PinnedAttributesTests
{
    [Fact]
    public void Of_SetThatWasKnownBeforeManyOthersCame_StillHasItsValues()
    {
        var pinned = new PinnedAttributes(["team"]);
        var first = pinned.Of(1, """{"team":"core"}""", "{}");
        pinned.Knows(1).ShouldBeTrue();

        for (var set = 2; !pinned.IsFull; set++)
        {
            pinned.Of(set, $$"""{"team":"{{set}}"}""", "{}");
        }

        // Who was told that it is known has no JSON of it.
        pinned.Knows(1).ShouldBeTrue();
        pinned.Of(1, null, "{}").Set.ShouldBe(first.Set);
    }

    [Fact]
    public void Of_RulesThatAreFull_AreOthersForWhoeverBeginsThen()
    {
        const string Setting = """{"zone":"Asia/Kolkata","pins":["team"]}""";
        var rules = SummaryRules.Of(Setting);
        SummaryRules.Of(Setting).ShouldBeSameAs(rules);
        for (var set = 1; !rules.OfMessages.IsFull; set++)
        {
            rules.OfMessages.Of(set, "{}", "{}");
        }

        var next = SummaryRules.Of(Setting);

        next.ShouldNotBeSameAs(rules);
        next.OfMessages.Knows(1).ShouldBeFalse();
        rules.OfMessages.Knows(1).ShouldBeTrue();
    }
}
