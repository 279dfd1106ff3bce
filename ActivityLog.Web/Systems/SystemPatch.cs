using System.Text.Json.Serialization;

namespace ActivityLog.Web.Systems;

/// <summary>What to change of a System; what is left out stays. A description of null takes it away.</summary>
internal sealed class SystemPatch
{
    /// <summary>1 to 100 characters, unique.</summary>
    public string? Name { get; set; }

    /// <summary>What it is; at most 1,000 characters, or null for none.</summary>
    public string? Description
    {
        get;
        set
        {
            field = value;
            HasDescription = true;
        }
    }

    /// <summary>How much of a message's body is kept, for messages to come: Free, Pro or Enterprise.</summary>
    public string? Plan { get; set; }

    /// <summary>Whether a description was sent, be it null.</summary>
    [JsonIgnore]
    public bool HasDescription { get; private set; }
}
