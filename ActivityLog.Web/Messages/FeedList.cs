using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Web.Messages;

/// <summary>The rows of the feed, newest first: what was read so far, kept in order while newer ones come in at the top and older ones at the end.</summary>
internal sealed class FeedList
{
    /// <summary>Most rows that <see cref="Trim"/> leaves.</summary>
    public const int MaxRows = 1000;

    private readonly Dictionary<Guid, MessageView> _byId = [];
    private List<MessageView> _rows = [];

    /// <summary>The rows.</summary>
    public IReadOnlyList<MessageView> Rows => _rows;

    /// <summary>Where older ones begin; null when there are none.</summary>
    public string? Older { get; private set; }

    /// <summary>Starts anew with the newest page.</summary>
    public void Reset(MessagePage newest)
    {
        _byId.Clear();
        Put(newest.Items);
        Older = newest.NextCursor;
    }

    /// <summary>Adds the page that <see cref="Older"/> led to.</summary>
    public void AddOlder(MessagePage older)
    {
        Put(older.Items);
        Older = older.NextCursor;
    }

    /// <summary>
    /// Takes the newest page in: rows that changed are replaced, new ones come in where they belong. Where it doesn't reach down to what is there,
    /// the list starts anew, so that there is never a gap.
    /// </summary>
    /// <returns>Ids of the rows that weren't there.</returns>
    public IReadOnlyCollection<Guid> Merge(MessagePage newest)
    {
        var added = New(newest);
        if (newest.NextCursor is not null && added.Count == newest.Items.Count)
        {
            Reset(newest);
        }
        else
        {
            Put(newest.Items);
        }

        return added;
    }

    /// <summary>
    /// Lets go of all but the newest <see cref="MaxRows"/>; <see cref="Older"/> leads to them again. For a reader at the top, who doesn't see them.
    /// </summary>
    public void Trim()
    {
        if (_rows.Count <= MaxRows)
        {
            return;
        }

        foreach (var message in _rows[MaxRows..])
        {
            _byId.Remove(message.Id);
        }

        _rows = _rows[..MaxRows];
        Older = new MessageCursor(UnixMicroseconds.From(_rows[^1].OccurredAt), MessageKey.FromGuid(_rows[^1].Id)).ToString();
    }

    /// <summary>Ids of the rows of a page that aren't here.</summary>
    public IReadOnlyCollection<Guid> New(MessagePage newest) => [.. newest.Items.Where(message => !_byId.ContainsKey(message.Id)).Select(static message => message.Id)];

    private void Put(IReadOnlyList<MessageView> messages)
    {
        foreach (var message in messages)
        {
            _byId[message.Id] = message;
        }

        // The order of the store, which a cursor goes on from.
        _rows =
        [
            .. _byId.Values
                .Select(static message => (Message: message, Key: MessageKey.FromGuid(message.Id)))
                .OrderByDescending(static row => row.Message.OccurredAt)
                .ThenByDescending(static row => row.Key.Session)
                .ThenByDescending(static row => row.Key.Call)
                .Select(static row => row.Message),
        ];
    }
}
