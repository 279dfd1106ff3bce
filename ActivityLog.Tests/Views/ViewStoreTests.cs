using ActivityLog.Core.Views;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Views;

public abstract class ViewStoreTests(EngineFixture engine)
{
    private readonly Guid _ann = Guid.NewGuid();
    private readonly Guid _bob = Guid.NewGuid();

    private IViewStore Views => engine.Get<IViewStore>();

    [Fact]
    public async Task ListAsync_OwnAndShared_ButNotOthersPersonal()
    {
        var mine = await SaveAsync(_ann, "Über alles");
        var shared = await SaveAsync(_bob, "All of us", isShared: true);
        var personal = await SaveAsync(_bob, "Bob's");

        var seen = (await Views.ListAsync(_ann, CancellationToken.None)).Where(view => view.OwnerId == _ann || view.OwnerId == _bob).ToList();

        seen.Select(static view => view.Id).ShouldBe([shared.Id, mine.Id]);
        (seen[1].Name, seen[1].Address, seen[1].IsShared).ShouldBe(("Über alles", "/reports/cost-by-user?user=a%20b", false));
        (await Views.GetAsync(_ann, personal.Id, CancellationToken.None)).ShouldBeNull();
        (await Views.GetAsync(_ann, shared.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task UpdateAsync_AnotherPersonsSharedView_IsNotFound()
    {
        var shared = await SaveAsync(_bob, "Ours", isShared: true);

        (await Views.UpdateAsync(_ann, shared.Id, "Mine", "/", false, CancellationToken.None)).ShouldBe(ViewChange.NotFound);
        (await Views.UpdateAsync(_bob, shared.Id, "Theirs", "/sessions", false, CancellationToken.None)).ShouldBe(ViewChange.Done);

        (await Views.GetAsync(_ann, shared.Id, CancellationToken.None)).ShouldBeNull();
        (await Views.GetAsync(_bob, shared.Id, CancellationToken.None))!.Address.ShouldBe("/sessions");
    }

    [Fact]
    public async Task CreateAsync_NameInAnotherCase_IsTakenForItsOwnerAlone()
    {
        var first = await SaveAsync(_ann, "ÄRGER");

        (await Views.CreateAsync(_ann, "ärger", "/", false, CancellationToken.None)).Change.ShouldBe(ViewChange.NameTaken);
        (await Views.CreateAsync(_bob, "ärger", "/", false, CancellationToken.None)).Change.ShouldBe(ViewChange.Done);
        (await Views.UpdateAsync(_ann, first.Id, "ärger", "/", false, CancellationToken.None)).ShouldBe(ViewChange.Done);
    }

    [Fact]
    public async Task CreateAsync_MoreThanOneMayHave_IsTooMany()
    {
        for (var i = 0; i < SavedView.MaxPerOwner; i++)
        {
            await SaveAsync(_ann, $"View {i}");
        }

        (await Views.CreateAsync(_ann, "One more", "/", false, CancellationToken.None)).ShouldBe((ViewChange.TooMany, null));
    }

    [Fact]
    public async Task DeleteAsync_OnlyOnesOwn_ButAnyShared()
    {
        var shared = await SaveAsync(_bob, "Ours", isShared: true);
        var personal = await SaveAsync(_bob, "Mine");

        (await Views.DeleteAsync(_ann, shared.Id, anyShared: false, CancellationToken.None)).ShouldBeFalse();
        (await Views.DeleteAsync(_ann, personal.Id, anyShared: true, CancellationToken.None)).ShouldBeFalse();
        (await Views.DeleteAsync(_ann, shared.Id, anyShared: true, CancellationToken.None)).ShouldBeTrue();
        (await Views.DeleteAsync(_bob, personal.Id, anyShared: false, CancellationToken.None)).ShouldBeTrue();
        (await Views.ListAsync(_bob, CancellationToken.None)).ShouldNotContain(view => view.OwnerId == _bob);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/?range=30d", true)]
    [InlineData("/reports/cost-by-user?user=a%40b", true)]
    [InlineData("/sessions?sort=cost", true)]
    [InlineData("/messages?model=a&show=calls", true)]
    [InlineData("/messages/1", false)]
    [InlineData("//evil.example/", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/reports/", false)]
    [InlineData("/reports/../logout", false)]
    [InlineData("/settings", false)]
    [InlineData("", false)]
    public void IsAllowed_OnlyPagesWithFilters(string address, bool isAllowed) => ViewAddress.IsAllowed(address).ShouldBe(isAllowed);

    [Theory]
    [InlineData("/messages?q=a", "/messages", true)]
    [InlineData("/?range=30d", "/reports/cost-by-user", true)]
    [InlineData("/sessions?sort=cost", "/", true)]
    [InlineData("/messages?q=a", "/", false)]
    [InlineData("/reports/messages", "/messages", false)]
    public void AreListedTogether_MessagesStandAlone(string one, string other, bool areTogether)
    {
        ViewAddress.AreListedTogether(one, other).ShouldBe(areTogether);
        ViewAddress.AreListedTogether(other, one).ShouldBe(areTogether);
    }

    private async Task<SavedView> SaveAsync(Guid person, string name, bool isShared = false) =>
        (await Views.CreateAsync(person, name, "/reports/cost-by-user?user=a%20b", isShared, CancellationToken.None)).View!;
}

public sealed class SqliteViewStoreTests(SqliteFixture engine) : ViewStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresViewStoreTests(PostgresFixture engine) : ViewStoreTests(engine), IClassFixture<PostgresFixture>;
