using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActivityLog.Tests.Tokens;

public sealed class KnownTokensTests(PostgresFixture engine) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task CheckAsync_DatabaseIsAway_KnowsWhatWasSeenBeforeTheRestart()
    {
        var (token, secret) = await CreateAsync();
        using var before = engine.BuildNode();
        var seen = await Tokens(before).CheckAsync(secret, CancellationToken.None);
        before.Services.GetRequiredService<KnownTokens>().Save();

        using var after = BuildNodeWithoutDatabase();

        var check = await Tokens(after).CheckAsync(secret, CancellationToken.None);
        check.Sender.ShouldNotBeNull().ShouldBe(seen.Sender);
        check.Sender.TokenId.ShouldBe(token.Id);
    }

    [Fact]
    public async Task CheckAsync_TokensAreBeingRestored_KnowsThemFromBefore()
    {
        var (token, secret) = await CreateAsync();
        using var before = engine.BuildNode();
        await Tokens(before).CheckAsync(secret, CancellationToken.None);
        before.Services.GetRequiredService<KnownTokens>().Save();
        using var during = engine.BuildNode();
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();

        // Dropped, then there again without its rows.
        await context.Database.ExecuteSqlRawAsync("ALTER TABLE tokens RENAME TO tokens_before");
        try
        {
            (await Tokens(during).CheckAsync(secret, CancellationToken.None)).Sender.ShouldNotBeNull().TokenId.ShouldBe(token.Id);

            during.Services.GetRequiredService<DatabaseState>().MarkAway("relation \"messages\" does not exist", isIncomplete: true);
            await context.Database.ExecuteSqlRawAsync("CREATE TABLE tokens (LIKE tokens_before)");
            (await Tokens(during).CheckAsync(secret, CancellationToken.None)).Sender.ShouldNotBeNull().TokenId.ShouldBe(token.Id);
        }
        finally
        {
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS tokens; ALTER TABLE tokens_before RENAME TO tokens");
        }
    }

    [Fact]
    public async Task CheckAsync_DatabaseIsAwayAndTheTokenUnknown_IsntRefusedForGood()
    {
        var (_, secret) = await CreateAsync();
        using var node = BuildNodeWithoutDatabase();

        await Should.ThrowAsync<StoreUnavailableException>(async () => await Tokens(node).CheckAsync(secret, CancellationToken.None));
    }

    [Fact]
    public async Task CheckAsync_DatabaseIsAwayAndTheTokenWasRevokedBefore_IsNotTaken()
    {
        var (token, secret) = await CreateAsync();
        using var before = engine.BuildNode();
        await Tokens(before).CheckAsync(secret, CancellationToken.None);
        await Tokens(before).RevokeAsync(token.SystemKey, token.Id, CancellationToken.None);
        before.Services.GetRequiredService<KnownTokens>().Save();

        using var after = BuildNodeWithoutDatabase();

        await Should.ThrowAsync<StoreUnavailableException>(async () => await Tokens(after).CheckAsync(secret, CancellationToken.None));
    }

    [Fact]
    public async Task CheckAsync_DatabaseIsAwayAndTheTokenExpiredMeanwhile_IsNotTaken()
    {
        var (_, secret) = await CreateAsync(expiresAt: engine.Clock.GetUtcNow().UtcDateTime.AddMinutes(10));
        using var before = engine.BuildNode();
        await Tokens(before).CheckAsync(secret, CancellationToken.None);
        before.Services.GetRequiredService<KnownTokens>().Save();
        using var after = BuildNodeWithoutDatabase();
        (await Tokens(after).CheckAsync(secret, CancellationToken.None)).Sender.ShouldNotBeNull();

        engine.Clock.Advance(TimeSpan.FromMinutes(11));

        await Should.ThrowAsync<StoreUnavailableException>(async () => await Tokens(after).CheckAsync(secret, CancellationToken.None));
    }

    [Fact]
    public async Task Save_File_HoldsNoSecretAndIsTheOwnersAlone()
    {
        var (_, secret) = await CreateAsync();
        using var node = engine.BuildNode();
        await Tokens(node).CheckAsync(secret, CancellationToken.None);
        node.Services.GetRequiredService<KnownTokens>().Save();

        var path = node.Services.GetRequiredService<DataDirectory>().File("known-tokens.json");
        var text = await File.ReadAllTextAsync(path);
        text.ShouldContain(Convert.ToHexString(TokenSecret.Hash(secret)));
        text.ShouldNotContain(secret);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static ITokenStore Tokens(IHost node) => node.Services.GetRequiredService<ITokenStore>();

    private IHost BuildNodeWithoutDatabase()
    {
        var node = engine.BuildNode();
        node.Services.GetRequiredService<DatabaseState>().MarkAway("the test says so");
        return node;
    }

    private async Task<(IngestToken Token, string Secret)> CreateAsync(DateTime? expiresAt = null)
    {
        var system = await engine.CreateSystemAsync();
        var created = await engine.Get<ITokenStore>().CreateAsync(new NewToken(system.Key, "Tests", 30, expiresAt, null), CancellationToken.None);
        return (created.Token, created.Secret);
    }
}
