using FsCheck;
using FsCheck.Fluent;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>One of the many ways in which what a sender told may arrive.</summary>
/// <param name="Recording">What is told.</param>
/// <param name="Seed">Of the order, the groups and what comes again.</param>
/// <param name="Shuffle">Whether records come in another order than they were made in.</param>
/// <param name="Most">Most records of a request.</param>
/// <param name="Again">Percent of the requests that come a second time as they are, and of the records that come again in other requests.</param>
/// <param name="Connections">Senders at once.</param>
/// <param name="Restart">Whether the server is restarted in between.</param>
public sealed record Delivery(string Recording, int Seed, bool Shuffle, int Most, int Again, int Connections, bool Restart)
{
    private const int RestartsEvery = 12;

    /// <summary>The requests, as path and body, that bring these records.</summary>
    public IReadOnlyList<(string Path, byte[] Body)> Requests(IReadOnlyList<Piece> pieces)
    {
        var random = new Random(Seed);
        var first = Group(Shuffle ? Shuffled(pieces, random) : pieces, random).ToList();
        var asTheyWere = first.Where(_ => random.Next(100) < Again).ToList();
        var otherwise = Group(Shuffled([.. pieces.Where(_ => random.Next(100) < Again)], random), random);
        List<(string, byte[])> all = [.. first, .. asTheyWere, .. otherwise];
        return Shuffle ? Shuffled(all, random) : all;
    }

    private IEnumerable<(string Path, byte[] Body)> Group(IReadOnlyList<Piece> pieces, Random random)
    {
        foreach (var signal in pieces.GroupBy(static piece => piece.Signal))
        {
            var rest = signal.ToList();
            while (rest.Count > 0)
            {
                var size = Math.Min(rest.Count, random.Next(1, Most + 1));
                yield return ($"/v1/{signal.Key}", Piece.Join(rest.Take(size)));
                rest.RemoveRange(0, size);
            }
        }
    }

    private static T[] Shuffled<T>(IReadOnlyList<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Generates deliveries.</summary>
    public static class Any
    {
        public static Arbitrary<Delivery> Delivery() => Arb.From(
            from recording in Gen.Elements(Support.Recording.Names.ToArray())
            from seed in Gen.Choose(0, int.MaxValue)
            from shuffle in Gen.Elements(true, true, false)
            from most in Gen.Elements(1, 5, 50, 1000)
            from again in Gen.Elements(0, 30, 100)
            from connections in Gen.Choose(1, 8)
            from restart in Gen.Choose(1, RestartsEvery)
            select new Delivery(recording, seed, shuffle, most, again, connections, restart == 1));
    }
}
