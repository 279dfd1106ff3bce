using ActivityLog.Web.Accounts;

namespace ActivityLog.Tests.Accounts;

public sealed class SetupCodeTests
{
    [Fact]
    public void Matches_CodeTypedInAnotherWay_IsTheCode()
    {
        var code = new SetupCode();

        code.Matches(code.Text).ShouldBeTrue();
        code.Matches($" {code.Text.ToLowerInvariant().Replace('-', ' ')} ").ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCD")]
    [InlineData("ÄÄÄÄ-ÄÄÄÄ")]
    public void Matches_AnythingElse_IsNot(string? text) => new SetupCode().Matches(text).ShouldBeFalse();

    [Fact]
    public void Matches_TenWrongTries_ChangeTheCodeAndTellIt()
    {
        var code = new SetupCode();
        var first = code.Text;
        string? told = null;
        code.Changed += text => told = text;

        for (var i = 0; i < 10; i++)
        {
            code.Matches("wrong");
        }

        code.Text.ShouldNotBe(first);
        told.ShouldBe(code.Text);
    }
}
