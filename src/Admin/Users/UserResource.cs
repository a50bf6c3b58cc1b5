using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Users;

/// <summary>A user as administrators see him; the password only goes in.</summary>
internal sealed record UserResource
{
    public string? Id { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>E-mail address, names, groups; the groups decide which shared applications the user sees.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public bool Locked { get; init; }

    public string? CreatedTime { get; init; }

    public static UserResource Of(User user) => new()
    {
        Id = user.Id,
        UserName = user.Name,
        Roles = user.Roles,
        Attributes = user.Attributes,
        Locked = user.Locked,
        CreatedTime = RestTime.Milliseconds(user.CreatedAt),
    };
}
