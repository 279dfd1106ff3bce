using System.Globalization;

namespace ActivityLog.Core.Queries;

/// <summary>Takes the parameters of a query one after the other; what nobody takes isn't known. The first error stays.</summary>
internal sealed class ParameterReader(IReadOnlyList<KeyValuePair<string, string>> parameters)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The first thing that was wrong.</summary>
    public QueryError? Error { get; private set; }

    /// <summary>The value of a parameter that may be given once; null when it isn't given.</summary>
    public string? Take(string name)
    {
        _taken.Add(name);
        var values = parameters.Where(parameter => parameter.Key == name).Select(static parameter => parameter.Value).ToList();
        if (values.Count > 1)
        {
            Fail(name, $"{name} may be given once.");
        }

        return values.Count == 0 ? null : values[0];
    }

    /// <summary>A whole number within bounds.</summary>
    public int TakeNumber(string name, int lowest, int highest, int otherwise)
    {
        if (Take(name) is not { } text)
        {
            return otherwise;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < lowest || number > highest)
        {
            Fail(name, $"{name} can't be \"{text}\". Allowed: a whole number from {lowest} to {highest}.");
        }

        return number;
    }

    /// <summary>The time zone that <c>tz</c> names.</summary>
    public TimeZoneInfo TakeZone(TimeZoneInfo otherwise)
    {
        if (Take("tz") is not { } text)
        {
            return otherwise;
        }

        var zone = QueryTimes.TryFindZone(text);
        if (zone is null)
        {
            Fail("tz", $"tz can't be \"{text}\". Allowed: an IANA time zone name, such as Europe/Berlin, Asia/Kolkata or UTC.");
        }

        return zone ?? otherwise;
    }

    /// <summary>A time, or a date of a zone.</summary>
    public DateTime? TakeTime(string name, TimeZoneInfo zone, bool isEnd)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        var time = QueryTimes.TryParse(text, zone, isEnd);
        if (time is null)
        {
            Fail(name, $"{name} can't be \"{text}\". Allowed: {QueryTimes.Allowed}.");
        }

        return time;
    }

    /// <summary>All parameters that name a field that can be filtered by; those of one field are one filter.</summary>
    public IReadOnlyList<FieldFilter> TakeFilters(FieldTable fields)
    {
        var values = new Dictionary<(FieldKind, string), (QueryField Field, List<object?> Values)>();
        foreach (var (name, text) in parameters)
        {
            if (_taken.Contains(name) || fields.Find(name) is not { CanFilter: true } field)
            {
                continue;
            }

            if (FieldValues.TryParse(field, text, out var value) is { } allowed)
            {
                Fail(name, $"{name} can't be \"{text}\". Allowed: {allowed}.");
            }

            // metadata.x and meta.x are one field.
            var key = (field.Kind, field.Sql);
            if (!values.TryGetValue(key, out var filter))
            {
                values[key] = filter = (field, []);
            }

            filter.Values.Add(value);
        }

        _taken.UnionWith(values.Values.Select(static filter => filter.Field.Name));
        return [.. values.Values.Select(static filter => new FieldFilter(filter.Field, filter.Values))];
    }

    /// <summary>Notes an error, unless there is one.</summary>
    public void Fail(string parameter, string message) => Error ??= new QueryError(parameter, message);

    /// <summary>Notes as error the first parameter that nobody took.</summary>
    /// <param name="fields">The fields that are parameters, too.</param>
    public void RefuseOthers(FieldTable fields)
    {
        foreach (var (name, _) in parameters)
        {
            if (!_taken.Contains(name) && fields.Find(name) is not { CanFilter: true })
            {
                var own = string.Join(", ", _taken.Where(one => fields.Find(one) is null).Order(StringComparer.Ordinal));
                var allowed = $"{own}, {fields.Names(static field => field.CanFilter)}";
                Fail(name, $"There is no parameter \"{name}\" here (names are case-sensitive). Allowed: {allowed}.");
            }
        }
    }
}
