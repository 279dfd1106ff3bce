using Microsoft.Extensions.Options;

namespace ActivityLog.Core.Storage;

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
