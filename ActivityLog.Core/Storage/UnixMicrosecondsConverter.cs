using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ActivityLog.Core.Storage;

/// <summary>Keeps every <see cref="DateTime"/> as <see cref="UnixMicroseconds"/>.</summary>
internal sealed class UnixMicrosecondsConverter()
    : ValueConverter<DateTime, long>(static time => UnixMicroseconds.From(time), static number => UnixMicroseconds.ToDateTime(number));
