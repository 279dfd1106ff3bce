using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Live;

/// <summary>Bounds how many streams are open at once on this node, of all and of each person. Safe to call from many threads.</summary>
internal sealed class StreamLimit(IOptionsMonitor<LiveOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _ofPerson = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>A place for a stream of this person, given back when disposed; null where all are taken.</summary>
    public IDisposable? TryTake(string person)
    {
        var limits = options.CurrentValue;
        lock (_lock)
        {
            var own = _ofPerson.GetValueOrDefault(person);
            if (_all >= limits.MaxStreams || own >= limits.MaxStreamsPerPerson)
            {
                return null;
            }

            _all++;
            _ofPerson[person] = own + 1;
            return new Place(this, person);
        }
    }

    private void Return(string person)
    {
        lock (_lock)
        {
            _all--;
            var own = _ofPerson[person] - 1;
            if (own == 0)
            {
                _ofPerson.Remove(person);
            }
            else
            {
                _ofPerson[person] = own;
            }
        }
    }

    private sealed class Place(StreamLimit limit, string person) : IDisposable
    {
        public void Dispose() => limit.Return(person);
    }
}
