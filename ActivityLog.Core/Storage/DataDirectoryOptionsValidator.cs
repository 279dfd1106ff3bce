using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Storage;

[OptionsValidator]
internal sealed partial class DataDirectoryOptionsValidator : IValidateOptions<DataDirectoryOptions>;
