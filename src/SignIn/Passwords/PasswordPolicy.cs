using System.Text.RegularExpressions;

namespace Tollgate.SignIn.Passwords;

/// <summary>Which new passwords are accepted; those that exist are not judged again.</summary>
public sealed class PasswordPolicy(SignInOptions options)
{
    // NonBacktracking: the pattern is an operator's, the text anybody's.
    private readonly Regex? _pattern = options.PasswordPattern.Length == 0
        ? null
        : new Regex(options.PasswordPattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public int MinLength => options.PasswordMinLength;

    public int MaxLength => options.PasswordMaxLength;

    public string? Pattern => options.PasswordPattern.Length == 0 ? null : options.PasswordPattern;

    /// <summary>What is wrong with a password, as a sentence; null when it is good.</summary>
    public string? Complaint(string? password) =>
        password is null || password.Length < MinLength || password.Length > MaxLength ? $"The password has {MinLength} to {MaxLength} characters."
        : _pattern?.IsMatch(password) == false ? $"The password must match the pattern {Pattern}."
        : null;
}
