using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Web.Messages;

namespace ActivityLog.Tests.Messages;

public sealed class FeedAddressTests
{
    private static readonly QueryScope s_scope = new(new Dictionary<Guid, int> { [Guid.Empty] = 1 }, TimeZoneInfo.Utc);

    [Fact]
    public void Read_PlainAddress_LeavesOutWhatSendersSayOfThemselves()
    {
        var address = FeedAddress.Read("http://localhost/messages");

        address.IsNarrowed.ShouldBeFalse();
        Types(address).ShouldNotContain((long)MessageType.Event);
        Types(address).ShouldContain((long)MessageType.Generation);
    }

    [Fact]
    public void ToQuery_ShowAll_HasNoFilterOnType() => Types(FeedAddress.Read("http://localhost/messages?show=all")).ShouldBeEmpty();

    [Fact]
    public void ToQuery_FiltersOfTheApi_ArePassedOn()
    {
        var address = FeedAddress.Read("http://localhost/messages?model=a&model=b&metadata.team.id=42&q=text&message=7a0ee2d7-31cf-423f-b734-b70746af50ab");
        var query = address.ToQuery(s_scope, 10).Query.ShouldNotBeNull();

        query.Filters.Single(filter => filter.Field.Name == "model").Values.ShouldBe(["a", "b"]);
        query.Filters.ShouldContain(filter => filter.Field.Name == "metadata.team.id");
        query.Search.ShouldBe("text");
        address.Open.ShouldNotBeNull();
    }

    [Fact]
    public void Read_SameFilterTwice_IsOne() =>
        FeedAddress.Read("http://localhost/messages?model=a&model=a&model=b").Filters.Select(filter => filter.Value).ShouldBe(["a", "b"]);

    [Fact]
    public void ToQuery_UnknownFilter_SaysWhich()
    {
        var (query, error) = FeedAddress.Read("http://localhost/messages?nonsense=1").ToQuery(s_scope, 10);

        query.ShouldBeNull();
        error!.Parameter.ShouldBe("nonsense");
    }

    private static IReadOnlyList<long> Types(FeedAddress address) =>
        [.. address.ToQuery(s_scope, 10).Query!.Filters.Where(filter => filter.Field == MessageFields.Type).SelectMany(filter => filter.Values).Select(Convert.ToInt64)];
}
