using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Reports;

public abstract class ModelColorsTests(EngineFixture engine)
{
    [Fact]
    public async Task GetAsync_ManyModels_StoresOnlyThoseWithAColourOfTheirOwn()
    {
        string[] models = ["claude-opus-4-8", .. Enumerable.Range(0, 50).Select(static model => $"llama-{model}")];

        var colors = await engine.Get<IModelColors>().GetAsync(models, CancellationToken.None);

        colors.Count.ShouldBe(models.Length);
        (colors["claude-opus-4-8"], colors["llama-0"], colors["llama-2"], colors["llama-49"]).ShouldBe(("--al-c1", "--al-c6", "--al-c8", "--al-other"));
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        (await context.ModelColors.Select(static row => row.Model).ToListAsync()).ShouldBe(["claude-opus-4-8", "llama-0", "llama-1", "llama-2"], ignoreOrder: true);
        using var node = engine.BuildNode();
        (await node.Services.GetRequiredService<IModelColors>().GetAsync(models, CancellationToken.None)).ShouldBe(colors, ignoreOrder: true);
    }
}

public sealed class SqliteModelColorsTests(SqliteFixture engine) : ModelColorsTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresModelColorsTests(PostgresFixture engine) : ModelColorsTests(engine), IClassFixture<PostgresFixture>;
