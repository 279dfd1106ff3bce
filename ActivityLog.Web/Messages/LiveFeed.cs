using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Messages;

/// <summary>
/// The feed as one reader sees it. What comes is shown at once to a reader at the top, and counted for one who has scrolled away, so that nothing moves under
/// them; while paused, neither.
/// </summary>
internal sealed class LiveFeed(IMessageStore messages, SeenColors colors, ILogger logger)
{
    /// <summary>Messages that are read at a time.</summary>
    public const int PageSize = 100;

    private readonly FeedList _list = new();
    private bool _isReadingOlder;

    /// <summary>The rows, newest first.</summary>
    public IReadOnlyList<MessageView> Rows => _list.Rows;

    /// <summary>What is shown; null where it can't be asked for.</summary>
    public MessageQuery? Query { get; private set; }

    /// <summary>Whether there are older rows than those read so far.</summary>
    public bool HasOlder => _list.Older is not null;

    /// <summary>Whether there are messages, but only of kinds that are left out unless asked for.</summary>
    public bool HasHiddenOnly { get; private set; }

    /// <summary>Ids of the rows that came last.</summary>
    public IReadOnlyCollection<Guid> Added { get; private set; } = [];

    /// <summary>How many wait to be shown, up to a page.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether the reader has stopped it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether the reader is at the top.</summary>
    public bool IsAtTop { get; set; } = true;

    /// <summary>The id under which the log tells why older rows couldn't be read; null when they could.</summary>
    public string? OlderFailureId { get; private set; }

    /// <summary>Starts anew with a query; null shows nothing.</summary>
    /// <param name="query">What is shown.</param>
    /// <param name="isNarrowed">Whether the reader chose what is left out.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    public async Task StartAsync(MessageQuery? query, bool isNarrowed, CancellationToken cancellationToken)
    {
        var page = new MessagePage([], null);
        var hasHiddenOnly = false;
        if (query is not null)
        {
            page = await messages.ListAsync(query, cancellationToken);
            await colors.AddAsync(page.Items, cancellationToken);
            hasHiddenOnly = page.Items.Count == 0 && !isNarrowed
                && (await messages.ListAsync(new MessageQuery { SystemKeys = query.SystemKeys, Take = 1 }, cancellationToken)).Items.Count > 0;
        }

        // Query and rows change together: what is read with another query is never mixed in.
        (Query, HasHiddenOnly, OlderFailureId) = (query, hasHiddenOnly, null);
        _list.Reset(page);
        (Waiting, Added) = (0, []);
    }

    /// <summary>Something came: a reader at the top sees it, another how many wait.</summary>
    /// <returns>Whether anything may have changed.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (Query is not { } query || IsPaused)
        {
            return false;
        }

        if (IsAtTop)
        {
            await RefreshAsync(cancellationToken);
        }
        else
        {
            var page = await messages.ListAsync(query, cancellationToken);
            Waiting = ReferenceEquals(Query, query) ? _list.New(page).Count : Waiting;
        }

        return true;
    }

    /// <summary>Shows what waits.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (Query is not { } query)
        {
            return;
        }

        var page = await messages.ListAsync(query, cancellationToken);
        await colors.AddAsync(page.Items, cancellationToken);
        if (!ReferenceEquals(Query, query))
        {
            return;
        }

        var added = _list.Merge(page);
        Added = added.Count > 0 ? added : Added;
        Waiting = 0;
        if (IsAtTop)
        {
            _list.Trim();
        }
    }

    /// <summary>Adds the next older rows. It doesn't throw: what fails is told by <see cref="OlderFailureId"/>.</summary>
    /// <returns>Whether it read, or tried to.</returns>
    public async Task<bool> ReadOlderAsync(CancellationToken cancellationToken)
    {
        if (_isReadingOlder || Query is not { } query || _list.Older is not { } cursor)
        {
            return false;
        }

        (_isReadingOlder, OlderFailureId) = (true, null);
        try
        {
            var page = await messages.ListAsync(query with { Cursor = MessageCursor.TryParse(cursor) }, cancellationToken);
            await colors.AddAsync(page.Items, cancellationToken);
            // The filters may have changed meanwhile; what was read is then of another list.
            if (ReferenceEquals(Query, query) && _list.Older == cursor)
            {
                _list.AddOlder(page);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            OlderFailureId = Shared.FailureId.New();
            logger.LogError(exception, "Older messages couldn't be read ({FailureId}).", OlderFailureId);
        }
        finally
        {
            _isReadingOlder = false;
        }

        return true;
    }
}
