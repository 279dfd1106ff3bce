using System.Text.Json.Serialization;

namespace ActivityLog.Core.People;

/// <summary>Why two names may be one person's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AliasReason>))]
public enum AliasReason
{
    /// <summary>Two e-mail addresses have the same part before the @.</summary>
    [JsonStringEnumMemberName("sameLocalPart")] SameLocalPart,

    /// <summary>The names are the same but for case, blanks and punctuation.</summary>
    [JsonStringEnumMemberName("sameName")] SameName,
}
