using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Reports;

/// <summary>Counts who was active, on each day and in all, and knows the sessions.</summary>
internal sealed class ActivityTally
{
    private readonly Counts _whole = new();
    private readonly Dictionary<long, Counts> _days = [];
    private readonly HashSet<SessionRange> _sessions = [];

    /// <summary>The sessions with a prompt or a generation.</summary>
    public IReadOnlySet<SessionRange> Sessions => _sessions;

    /// <summary>Who was active in all.</summary>
    public ActivityRow Whole => _whole.ToRow();

    /// <summary>Who was active on each day on which there was something.</summary>
    public IReadOnlyDictionary<DateOnly, ActivityRow> Days =>
        _days.ToDictionary(static day => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day.Key), static day => day.Value.ToRow());

    /// <summary>A session with a prompt or a generation.</summary>
    public void AddSession(long? day, SessionRange session)
    {
        _sessions.Add(session);
        _whole.Sessions.Add(session.SessionKey);
        OfDay(day)?.Sessions.Add(session.SessionKey);
    }

    /// <summary>A session or person with spend that only metrics tell; null where none is known.</summary>
    public void AddSpend(long? day, long? session, int? person)
    {
        if (session is { } key)
        {
            _whole.Sessions.Add(key);
            OfDay(day)?.Sessions.Add(key);
        }

        AddPerson(day, person);
    }

    /// <summary>A person with a prompt or a generation; null where none is known.</summary>
    public void AddPerson(long? day, int? person)
    {
        var ofDay = OfDay(day);
        if (person is { } number)
        {
            _whole.People.Add(number);
            ofDay?.People.Add(number);
        }
    }

    /// <summary>Calls that failed.</summary>
    public void AddErrors(long? day, long errors)
    {
        _whole.Errors += errors;
        if (OfDay(day) is { } counts)
        {
            counts.Errors += errors;
        }
    }

    private Counts? OfDay(long? day)
    {
        if (day is not { } number)
        {
            return null;
        }

        if (!_days.TryGetValue(number, out var counts))
        {
            _days[number] = counts = new();
        }

        return counts;
    }

    private sealed class Counts
    {
        public HashSet<long> Sessions { get; } = [];
        public HashSet<int> People { get; } = [];
        public long Errors { get; set; }

        public ActivityRow ToRow() => new(Sessions.Count, People.Count, Errors);
    }
}
