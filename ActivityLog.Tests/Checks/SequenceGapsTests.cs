using ActivityLog.Core.Checks;

namespace ActivityLog.Tests.Checks;

public sealed class SequenceGapsTests
{
    [Theory]
    [InlineData("0 1 2 3", 0)]
    [InlineData("0 1 3 4", 1)]
    // Begun before the range.
    [InlineData("2 3 5", 1)]
    // Resumed: it begins again at 0, or where what the start told ended.
    [InlineData("0 1 2 0 1 2 3", 0)]
    [InlineData("0 1 2 3 4 5 4 5 6", 0)]
    [InlineData("0 1 2 0 1 3", 1)]
    [InlineData("0 2 0 1 5", 4)]
    // A tool that starts while the answer still streams.
    [InlineData("0 1 3 2 5 4", 0)]
    // Those in brackets lie beyond the range: they aren't missing, and nothing is between them.
    [InlineData("(0) 2 (1) 3", 0)]
    [InlineData("(0) (3) 4 6 (5)", 0)]
    [InlineData("(0) (3) 4 6 (8)", 1)]
    [InlineData("", 0)]
    public void Missing_NumbersInTheOrderOfTime_AreThoseThatNeverCame(string numbers, long missing)
    {
        var events = numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static (number, i) => ((long)i, long.Parse(number.Trim('(', ')'), System.Globalization.CultureInfo.InvariantCulture), !number.StartsWith('(')));

        SequenceGaps.Missing(events).ShouldBe(missing);
    }

    [Fact]
    public void Missing_SeveralAtOneMoment_AreInTheOrderOfTheirNumbers() =>
        SequenceGaps.Missing([(5, 2, true), (5, 1, true), (1, 0, true), (9, 0, true), (9, 4, true), (9, 3, true)]).ShouldBe(2);
}
