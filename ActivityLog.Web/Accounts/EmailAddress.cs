using System.Net.Mail;

namespace ActivityLog.Web.Accounts;

/// <summary>What counts as an e-mail address here.</summary>
internal static class EmailAddress
{
    private const int MaxLength = 254;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Check(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "An e-mail address is needed." :
        text.Length > MaxLength ? $"An e-mail address has at most {MaxLength} characters." :
        !text.Any(char.IsControl) && MailAddress.TryCreate(text.Trim(), out var address) && address.Address == text.Trim() ? null :
        "This isn't an e-mail address.";
}
