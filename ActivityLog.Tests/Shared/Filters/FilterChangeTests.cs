using ActivityLog.Web.Shared.Filters;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Tests.Shared.Filters;

public sealed class FilterChangeTests
{
    [Theory]
    [InlineData("sessions?cursor=abc&sort=cost&user=mira", "sessions?sort=cost&user=tomas")]
    [InlineData("reports/tools?page=3&sort=-uses", "reports/tools?sort=-uses&user=tomas")]
    public void AddressWith_FurtherPage_BeginsWithTheFirst(string before, string expected) =>
        new At(before).AddressWith(("user", new[] { "tomas" })).ShouldBe("http://localhost/" + expected);

    [Fact]
    public void AddressWith_Null_TakesTheFilterAway() =>
        new At("sessions?from=2026-11-01&to=2026-11-02&cursor=abc").AddressWith(("range", "7d"), ("from", null), ("to", null)).ShouldBe("http://localhost/sessions?range=7d");

    private sealed class At : NavigationManager
    {
        public At(string path) => Initialize("http://localhost/", "http://localhost/" + path);
    }
}
