using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Live;

[OptionsValidator]
internal sealed partial class LiveOptionsValidator : IValidateOptions<LiveOptions>;
