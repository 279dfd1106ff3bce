namespace ActivityLog.Core.Checks;

/// <summary>What is added up together: a session, or what a person has without one.</summary>
/// <param name="System">Number of the System.</param>
/// <param name="Session">Key of the session; null for what has none.</param>
/// <param name="User">Number of the person's name, where it has no session.</param>
internal readonly record struct TallyKey(int System, long? Session, int? User)
{
    /// <summary>The key of what has a session or not.</summary>
    public static TallyKey Of(int system, long? session, int? user) => new(system, session, session is null ? user : null);
}
