using System.Security.Cryptography;

namespace ActivityLog.Web.Shared;

/// <summary>A short id that stands on the page and in the log, so that one finds the other.</summary>
internal static class FailureId
{
    /// <summary>Six hexadecimal digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(6, lowercase: true);
}
