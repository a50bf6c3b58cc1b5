using Tollgate.Storage.Search;

namespace Tollgate.SignIn.Access;

/// <summary>Whose eyes a list of APIs is for: which roles count, and who sees everything.</summary>
public sealed class Viewers(SignInOptions options)
{
    /// <summary>Administrators are not held up by roles on single APIs: somebody must be able to repair them.</summary>
    public bool IsAdministrator(Caller caller) => caller.Roles.Contains(options.AdminRole, StringComparer.OrdinalIgnoreCase);

    /// <summary>Somebody who designs and publishes.</summary>
    public Viewer Publisher(Caller caller) => Of(Viewer.Access, caller);

    /// <summary>A developer, or a visitor where nobody signed in.</summary>
    public Viewer Developer(Caller? caller) => caller is null ? Viewer.Visitor(Viewer.Visibility) : Of(Viewer.Visibility, caller);

    private Viewer Of(string purpose, Caller caller) => Viewer.Of(purpose, caller.UserName, caller.Roles, IsAdministrator(caller));
}
