namespace ActivityLog.Core.Storage;

/// <summary>Another writer was first; the transaction is to be rolled back and done again.</summary>
internal sealed class WriteConflictException(Exception? innerException = null) : Exception("Another writer was first with the same rows.", innerException);
