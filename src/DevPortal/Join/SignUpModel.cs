using Tollgate.Web.Pages;

namespace Tollgate.DevPortal.Join;

/// <summary>The form of a new account: what was typed, and what is wrong with it. A password is never sent back.</summary>
public sealed record SignUpModel
{
    public string UserName { get; init; } = "";

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string Email { get; init; } = "";

    public FormProblem? Problem { get; init; }

    /// <summary>True once the account is made and waits for approval.</summary>
    public bool Waits { get; init; }
}
