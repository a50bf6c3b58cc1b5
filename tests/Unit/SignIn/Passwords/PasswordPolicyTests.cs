using Tollgate.SignIn;
using Tollgate.SignIn.Passwords;

namespace Tollgate.Unit.SignIn.Passwords;

/// <summary>Which new passwords are accepted.</summary>
public sealed class PasswordPolicyTests
{
    private static readonly PasswordPolicy Policy = new(new SignInOptions { PasswordMinLength = 4, PasswordMaxLength = 6, PasswordPattern = "[0-9]" });

    [Theory]
    [InlineData("abc1")]
    [InlineData("1abcde")]
    public void Complaint_GoodPassword_IsNone(string password) => Assert.Null(Policy.Complaint(password));

    [Theory]
    [InlineData(null, "4 to 6")]
    [InlineData("ab1", "4 to 6")]
    [InlineData("abcdef1", "4 to 6")]
    [InlineData("abcd", "pattern")]
    public void Complaint_BadPassword_SaysWhy(string? password, string why) => Assert.Contains(why, Policy.Complaint(password));
}
