using FsCheck;
using FsCheck.Fluent;

namespace ActivityLog.Tests.Summaries;

/// <summary>What happens to an installation, one thing after the other.</summary>
/// <param name="Seed">Of what comes, and what happens.</param>
/// <param name="Steps">How much happens.</param>
public sealed record Fate(int Seed, int Steps)
{
    /// <summary>Generates fates.</summary>
    public static class Any
    {
        public static Arbitrary<Fate> Fate() => Arb.From(from seed in Gen.Choose(0, int.MaxValue) from steps in Gen.Choose(10, 40) select new Fate(seed, steps));
    }
}
