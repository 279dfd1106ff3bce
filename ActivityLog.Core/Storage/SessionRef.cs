namespace ActivityLog.Core.Storage;

/// <summary>A session (or what stands in for one) of a System.</summary>
internal readonly record struct SessionRef(int System, long Session) : IComparable<SessionRef>
{
    public int CompareTo(SessionRef other)
    {
        var order = System.CompareTo(other.System);
        return order != 0 ? order : Session.CompareTo(other.Session);
    }
}
