using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Checks <see cref="SpoolOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class SpoolOptionsValidator : IValidateOptions<SpoolOptions>;
