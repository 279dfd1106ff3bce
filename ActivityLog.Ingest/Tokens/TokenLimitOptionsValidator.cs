using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Checks <see cref="TokenLimitOptions"/> at start, all wrong values at once.</summary>
[OptionsValidator]
internal sealed partial class TokenLimitOptionsValidator : IValidateOptions<TokenLimitOptions>;
