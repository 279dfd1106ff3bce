namespace ActivityLog.Core.Reports;

/// <summary>What figures are told apart by.</summary>
[Flags]
internal enum FigureBy
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>The day of the query's zone.</summary>
    Day = 1,

    /// <summary>The model.</summary>
    Model = 2,

    /// <summary>The person.</summary>
    User = 4,

    /// <summary>The tool.</summary>
    Tool = 8,

    /// <summary>The message's type.</summary>
    Type = 16,

    /// <summary>The metric.</summary>
    Name = 32,

    /// <summary>The class of the tokens sent.</summary>
    PromptSize = 64,
}
