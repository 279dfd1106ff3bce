using ActivityLog.Core.People;
using ActivityLog.Web.Settings;

namespace ActivityLog.Tests.Settings;

public sealed class AliasSettingsTests
{
    [Theory]
    [InlineData("mira@example.com", " tomas ", "tomas")]
    [InlineData("mira@example.com", null, "mira@example.com")]
    [InlineData("mira@example.com", " ", "mira@example.com")]
    [InlineData(null, "tomas", "tomas")]
    [InlineData(null, "", null)]
    public void Other_TypedBesideASuggestion_IsWhatWasTyped(string? suggested, string? typed, string? expected) =>
        AliasSettings.Other(new PersonView("mira", null, [], suggested, suggested is null ? null : AliasReason.SameLocalPart), typed).ShouldBe(expected);
}
