namespace Tollgate.SignIn.Access;

/// <summary>Values of the claim <c>aut</c>.</summary>
public static class TokenUserType
{
    public const string Application = "APPLICATION";
    public const string User = "APPLICATION_USER";
}
