using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ActivityLog.Web.Hosting;

/// <summary>A reverse proxy in front, whose word on the caller's address, scheme and host is taken.</summary>
internal sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "ActivityLog:Proxy";

    /// <summary>Addresses (<c>10.0.0.5</c>) or networks (<c>10.0.0.0/8</c>) of the proxies that are trusted; none by default.</summary>
    public string[] Networks { get; set; } = [];

    /// <summary>The same, read. An address is a network of one.</summary>
    public IEnumerable<IPNetwork> Trusted => Networks.Select(static text => NetworkText.TryRead(text) ?? throw new FormatException(text));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from text in Networks
        where NetworkText.TryRead(text) is null
        select new ValidationResult($"{Section}:{nameof(Networks)}: '{text}' is neither an address nor a network such as 10.0.0.0/8.", [nameof(Networks)]);
}
