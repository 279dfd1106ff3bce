using ActivityLog.Core.Messages;
using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Messages;

/// <summary>The colours of the models of the messages that are shown, read as models come up.</summary>
internal sealed class SeenColors(IModelColors colors)
{
    private const string None = "--al-other";

    /// <summary>Model to CSS variable.</summary>
    public IReadOnlyDictionary<string, string> ByModel { get; private set; } = new Dictionary<string, string>();

    /// <summary>CSS variable of a message's colour.</summary>
    public string Of(MessageView message) => message.Model is { } model && ByModel.TryGetValue(model, out var color) ? color : None;

    /// <summary>Reads the colours of models that weren't seen before.</summary>
    public async Task AddAsync(IEnumerable<MessageView> messages, CancellationToken cancellationToken)
    {
        var models = messages.Select(static message => message.Model).OfType<string>().Distinct().Where(model => !ByModel.ContainsKey(model)).ToList();
        if (models.Count > 0)
        {
            ByModel = await colors.GetAsync(models.Concat(ByModel.Keys), cancellationToken);
        }
    }
}
