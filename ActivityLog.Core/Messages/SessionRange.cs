using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Messages;

/// <summary>The rows of one session (or of what stands in for one) of a System: a range of the identity's index.</summary>
internal readonly record struct SessionRange(int SystemKey, long SessionKey)
{
    /// <summary>SQL of the condition that a row <c>m</c> is in one of these ranges.</summary>
    public static string Condition(IEnumerable<SessionRange> ranges, SqlText sql)
    {
        var systems = ranges.Distinct().GroupBy(static range => range.SystemKey)
            .Select(system =>
                $"m.system_key = {sql.Parameter(system.Key)} and m.session_key in ({sql.Parameters(system.Select(static range => range.SessionKey))})");
        return $"({string.Join(" or ", systems)})";
    }
}
