namespace ActivityLog.Tests;

public sealed class LayersTests
{
    [Theory]
    [InlineData("ActivityLog.Core", new string[0])]
    [InlineData("ActivityLog.Ingest", new[] { "ActivityLog.Core" })]
    [InlineData("ActivityLog.Web", new[] { "ActivityLog.Core", "ActivityLog.Ingest" })]
    public void References_OfAProject_PointOneWay(string project, string[] allowed)
    {
        var references = System.Reflection.Assembly.Load(project).GetReferencedAssemblies()
            .Select(static name => name.Name!)
            .Where(static name => name.StartsWith("ActivityLog.", StringComparison.Ordinal));

        references.ShouldBeSubsetOf(allowed);
    }
}
