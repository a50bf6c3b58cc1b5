using Tollgate.Storage.Users;

namespace Tollgate.Admin.Scopes;

/// <summary>A REST scope and the roles that hold it.</summary>
internal sealed record ScopeResource
{
    public string? Tag { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];
}

/// <summary>All REST scopes.</summary>
internal sealed record ScopeListResource
{
    public int Count { get; init; }

    public IReadOnlyList<ScopeResource> List { get; init; } = [];
}

/// <summary>A role of the product and the organization's roles that count as it.</summary>
internal sealed record AliasResource(string? Role, IReadOnlyList<string> Aliases);

/// <summary>All role aliases.</summary>
internal sealed record AliasListResource
{
    public int Count { get; init; }

    public IReadOnlyList<AliasResource> List { get; init; } = [];

    public static AliasListResource Of(IReadOnlyList<RoleAlias> aliases) => new()
    {
        Count = aliases.Count,
        List = [.. aliases.Select(alias => new AliasResource(alias.Role, alias.Aliases))],
    };
}

/// <summary>A scope that a user holds.</summary>
internal sealed record HeldScope(string Name);
