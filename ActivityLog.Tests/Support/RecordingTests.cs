namespace ActivityLog.Tests.Support;

public sealed class RecordingTests
{
    public static TheoryData<string> Recordings => Recording.Theory;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Load_EachRecording_HasTheRequestsItsTotalsCount(string name)
    {
        var recording = Recording.Load(name);

        recording.Requests.CountBy(static request => request.Signal).ToDictionary().ShouldBe(recording.Totals.Requests, ignoreOrder: true);
        recording.Requests.ShouldAllBe(static request => request.Content.Length > 0);
    }

    [Fact]
    public void Usage_OfSeveralUsers_IsTheSumOfTheModels()
    {
        var totals = Recording.Load("protobuf").Totals;

        totals.Usage.ShouldBe(totals.Models.Values.Aggregate(static (sum, model) => sum + model));
    }
}
