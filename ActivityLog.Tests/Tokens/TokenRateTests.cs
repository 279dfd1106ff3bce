using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Web.Tokens;

namespace ActivityLog.Tests.Tokens;

public sealed class TokenRateTests
{
    private static readonly DateTime s_now = new(2026, 11, 22, 12, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_TokenOfOldWithTwoHours_IsTheirSumOverTheDay()
    {
        var rate = TokenRate.Of(Token(madeHoursAgo: 1000), [Hour(2, 470, "10.0.0.1"), Hour(0, 235, "10.0.0.2")], s_now);

        // From 13:00 of the day before: 23.5 hours.
        rate.PerHour.ShouldBe(30);
        rate.Address.ShouldBe("10.0.0.2");
        rate.Hours.Count.ShouldBe(24);
        (rate.Hours[^1], rate.Hours[^3], rate.Hours.Sum()).ShouldBe((235, 470, 705));
    }

    [Fact]
    public void Of_TokenJustMade_IsWhatCameSince() =>
        TokenRate.Of(Token(madeHoursAgo: 0), [Hour(0, 12, "10.0.0.1")], s_now).PerHour.ShouldBe(12);

    [Theory]
    [InlineData(null, null, 0, 0L, null)]
    [InlineData(100, null, 0, 0L, "100/s")]
    [InlineData(null, null, 5_000, 1_048_576L, "5,000/s, 1.0\u202fMiB a day")]
    [InlineData(0, null, 5_000, 1_048_576L, "1.0\u202fMiB a day")]
    public void Limits_OfTheTokenOrElseConfigured_AsText(int? ownRecords, long? ownBytes, int records, long bytes, string? expected)
    {
        var token = Token(madeHoursAgo: 1);
        (token.RecordsPerSecond, token.BytesPerDay) = (ownRecords, ownBytes);

        TokenLimitText.Of(token, new TokenLimitOptions { RecordsPerSecond = records, BytesPerDay = bytes }).ShouldBe(expected);
    }

    private static IngestToken Token(int madeHoursAgo) => new() { Name = "laptops", Prefix = "al_abcd", Hash = [], CreatedAt = s_now.AddHours(-madeHoursAgo) };

    private static TokenHour Hour(int hoursAgo, long records, string address) => new()
    {
        SystemKey = 1,
        TokenKey = 1,
        Hour = Hours.Of(s_now.AddHours(-hoursAgo)),
        Requests = 1,
        Records = records,
        Bytes = 1,
        Address = address,
        LastAt = s_now.AddHours(-hoursAgo),
    };
}
