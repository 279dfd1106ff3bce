using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Systems;

[OptionsValidator]
internal sealed partial class PlanOptionsValidator : IValidateOptions<PlanOptions>;
