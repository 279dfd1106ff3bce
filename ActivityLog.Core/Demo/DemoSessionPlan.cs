namespace ActivityLog.Core.Demo;

/// <summary>A session that is going to be.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Start">When it begins, UTC.</param>
/// <param name="Progress">How much of the crowd's time has gone by then, from 0 to 1.</param>
/// <param name="Random">What happens in it.</param>
internal sealed record DemoSessionPlan(DemoPerson Person, DateTime Start, double Progress, DemoRandom Random);
