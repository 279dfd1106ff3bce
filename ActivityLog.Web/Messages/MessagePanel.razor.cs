using ActivityLog.Core.Messages;
using ActivityLog.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ActivityLog.Web.Messages;

/// <summary>All of one message.</summary>
public sealed partial class MessagePanel
{
    private const int ShortId = 8;

    // What is longer makes no address that one can use, and each copy of it is sent to the browser.
    private const int MostLinked = 200;

    private MessageSummary _summary = default!;

    [Parameter, EditorRequired]
    public MessageView Message { get; set; } = default!;

    /// <summary>Name of its System.</summary>
    [Parameter, EditorRequired]
    public string SystemName { get; set; } = "";

    /// <summary>What lies under it.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MessageView> Children { get; set; } = [];

    /// <summary>The messages of its prompt and trace, oldest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MessageView> Related { get; set; } = [];

    /// <summary>Model name to CSS variable.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, string> Colors { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = default!;

    /// <summary>Opens another message.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Guid> OnOpen { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private IReadOnlyList<WaterfallRow> Trace { get; set; } = [];

    private IReadOnlyList<(string Title, string Text)> Texts { get; set; } = [];

    private string TypeName => Message.Type.ToString().ToLowerInvariant();

    protected override void OnParametersSet()
    {
        _summary = MessageSummary.Of(Message);
        Trace = Waterfall.Build(Related);
        Texts = ReadTexts();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/panel.js");
            await module.InvokeVoidAsync("opened");
        }
        catch (JSDisconnectedException)
        {
            // The circuit is gone: nobody looks any more.
        }
    }

    // Prompt and completion come as rows of their own; where they are among what is related, each gets its title.
    private List<(string Title, string Text)> ReadTexts()
    {
        if (Message.Type != MessageType.Generation)
        {
            return Message.Body is { Length: > 0 } body ? [("", body)] : [];
        }

        var completion = Related.FirstOrDefault(message => message.Type == MessageType.Response && message.RequestId is not null && message.RequestId == Message.RequestId)?.Body;
        var prompt = Related.FirstOrDefault(message => message.Type == MessageType.Prompt && message.PromptId is not null && message.PromptId == Message.PromptId)?.Body;
        var isFirst = prompt is not null && Message.Body?.StartsWith(prompt[..Math.Min(prompt.Length, Message.Body.Length)], StringComparison.Ordinal) == true;
        List<(string Title, string Text)> texts = [];
        if (isFirst)
        {
            texts.Add(("Prompt", prompt!));
        }

        if (completion is not null)
        {
            texts.Add(("Completion", completion));
        }

        return texts.Count == 0 && Message.Body is { Length: > 0 } whole ? [("", whole)] : texts;
    }

    private IEnumerable<(string Name, string Color, long Count)> Kinds() =>
    [
        ("Cache read", "--al-k-read", Message.CacheReadTokens ?? 0),
        ("Cache write", "--al-k-write", Message.CacheCreateTokens ?? 0),
        ("Output", "--al-k-out", Message.OutputTokens ?? 0),
        ("Input", "--al-k-in", Message.InputTokens ?? 0),
    ];

    private string SessionHref(string id) => Sessions.SessionAddress.Of(id, Message.SystemId, Zone);

    private string Took() => Message.TimeToFirstTokenMs is { } first
        ? $"{Format.Duration(Message.DurationMs)}, first token after {Format.Duration(first)}"
        : Format.Duration(Message.DurationMs);

    private string? Metadata(string key) => MessageSummary.Attribute(Message, key);

    private string ColorOf(MessageView message) => message.Model is { } model && Colors.TryGetValue(model, out var color) ? color : "--al-other";

    private static string Cut(string text) => text.Length <= MostLinked ? text : $"{text[..MostLinked]}…";

    private static string Short(string id) => id.Length <= ShortId ? id : id[..ShortId];
}
