using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Checks <see cref="OtlpOptions"/> at start, all wrong values at once.</summary>
[OptionsValidator]
internal sealed partial class OtlpOptionsValidator : IValidateOptions<OtlpOptions>;
