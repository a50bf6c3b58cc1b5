using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Users;

/// <summary>The users of an organization.</summary>
public sealed record UsersModel(IReadOnlyList<User> Users, string Query, PageOfList List, FormProblem? Problem);

/// <summary>The form of a user: what was typed, and what is wrong with it. A password is never sent back.</summary>
public sealed record UserForm(IReadOnlyList<string> KnownRoles)
{
    public string Name { get; init; } = "";

    public IReadOnlyList<string> Roles { get; init; } = [];

    public FormProblem? Problem { get; init; }
}
