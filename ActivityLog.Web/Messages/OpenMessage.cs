using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Messages;

/// <summary>The message that is open beside the feed, with what it led to and the trace it is part of.</summary>
internal sealed class OpenMessage(IMessageStore messages, SeenColors colors, ILogger logger)
{
    private Guid? _asked;

    /// <summary>The message; null while none is open, or where it couldn't be read.</summary>
    public MessageView? Message { get; private set; }

    /// <summary>What it led to.</summary>
    public IReadOnlyList<MessageView> Children { get; private set; } = [];

    /// <summary>Its trace.</summary>
    public IReadOnlyList<MessageView> Related { get; private set; } = [];

    /// <summary>Whether one was asked for that isn't there.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>The id under which the log tells why it couldn't be read; null when it could.</summary>
    public string? FailureId { get; private set; }

    /// <summary>Whether there is anything to show beside the feed.</summary>
    public bool IsShown => Message is not null || IsMissing || FailureId is not null;

    /// <summary>Reads a message; null closes what is open.</summary>
    public async Task ReadAsync(Guid? id, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        _asked = id;
        MessageView? message = null;
        IReadOnlyList<MessageView> children = [], related = [];
        string? failure = null;
        try
        {
            message = id is null ? null : await messages.GetAsync(id.Value, systemKeys, cancellationToken);
            if (message is not null)
            {
                children = (await messages.ListChildrenAsync(message.Id, systemKeys, cancellationToken))?.Items ?? [];
                related = await messages.ListTraceAsync(message.Id, systemKeys, cancellationToken);
                await colors.AddAsync([message, .. related], cancellationToken);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            (message, failure) = (null, Shared.FailureId.New());
            logger.LogError(exception, "A message couldn't be read ({FailureId}).", failure);
        }

        // Another may have been asked for meanwhile.
        if (_asked == id)
        {
            (Message, Children, Related) = (message, children, related);
            (FailureId, IsMissing) = (failure, id is not null && message is null && failure is null);
        }
    }
}
