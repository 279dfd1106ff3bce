namespace ActivityLog.Core.Reports;

/// <summary>The colour of each model: given at first sight and stored, the same everywhere and for ever.</summary>
public interface IModelColors
{
    /// <summary>Model name to the CSS variable of its series colour, such as <c>--al-c1-2</c>. Models not seen before get theirs now.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> GetAsync(IEnumerable<string> models, CancellationToken cancellationToken);
}
