namespace ActivityLog.Web.Sessions;

/// <summary>What a row of a timeline is.</summary>
public enum TimelineKind
{
    /// <summary>A prompt, with all that it led to below it.</summary>
    Prompt,

    /// <summary>A call of a model, good or failed.</summary>
    Call,

    /// <summary>A use of a tool.</summary>
    Tool,

    /// <summary>A tool that waited for a person.</summary>
    Wait,

    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Time between two prompts in which nothing was.</summary>
    Silence,
}
