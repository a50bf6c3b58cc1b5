namespace Tollgate.SignIn.Sessions;

/// <summary>The form of the sign-in page: what was typed, what is wrong with it, and where to go afterwards.</summary>
public sealed record SignInModel(string Name, string To, string? Complaint)
{
    /// <summary>Where visitors make an account; null where they cannot.</summary>
    public string? SignUpAddress { get; init; }
}
