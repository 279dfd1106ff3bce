using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Web.Accounts;

/// <summary>An admin made at start, for installations that nobody sets up by hand. Both or neither.</summary>
internal sealed class AdminOptions : IValidatableObject
{
    public const string Section = "ActivityLog:Admin";

    /// <summary>E-mail address; the admin is made when there is no account with it.</summary>
    public string? Email { get; set; }

    /// <summary>First password of that admin; an existing account keeps its own.</summary>
    public string? Password { get; set; }

    /// <summary>Whether there is such an admin.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Email);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Email) && string.IsNullOrEmpty(Password))
        {
            yield break;
        }

        if (EmailAddress.Check(Email) is { } wrongEmail)
        {
            yield return new($"{Section}:{nameof(Email)}: {wrongEmail}", [nameof(Email)]);
        }

        if (Passwords.Check(Password) is { } wrongPassword)
        {
            yield return new($"{Section}:{nameof(Password)}: {wrongPassword}", [nameof(Password)]);
        }
    }
}
