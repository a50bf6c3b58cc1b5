using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>Users and roles of a test's own.</summary>
public static class People
{
    public const string Password = "a-Long-1-password";

    /// <summary>A role without REST scopes, for visibility and access control.</summary>
    public static async Task<string> NewRoleAsync(this SharedNode shared, string stem)
    {
        var name = shared.NewName(stem);
        await shared.Admin.PostAsync(Portal.Admin + "/roles", new JsonObject { ["name"] = name, ["scopes"] = new JsonArray() }).ExpectAsync(201);
        return name;
    }

    /// <summary>A user with these roles, signed in with Basic.</summary>
    public static Task<Caller> NewUserAsync(this SharedNode shared, params string[] roles) =>
        JoinAsync(shared.Admin, shared.Node.ManagementUrl, shared.NewName("person"), roles);

    /// <summary>A developer, signed in with Basic.</summary>
    public static Task<Caller> DeveloperAsync(this SharedNode shared, string? name = null) =>
        JoinAsync(shared.Admin, shared.Node.ManagementUrl, name ?? shared.NewName("developer"), ["Internal/subscriber"]);

    /// <summary>Nobody: no credentials.</summary>
    public static Caller Visitor(this SharedNode shared) => new(shared.Http, shared.Node.ManagementUrl, null);

    /// <summary>A user of any node, signed in with Basic; the groups are those of the field's organization claim.</summary>
    public static async Task<Caller> JoinAsync(Caller admin, string managementUrl, string name, string[] roles, string? groups = null)
    {
        var user = new JsonObject
        {
            ["userName"] = name,
            ["password"] = Password,
            ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
        };
        if (groups is not null)
        {
            user["attributes"] = new JsonObject { ["http://wso2.org/claims/organization"] = groups };
        }

        await admin.PostAsync($"{Portal.Admin}/users", user).ExpectAsync(201);
        return Caller.Basic(admin.Http, managementUrl, name, Password);
    }
}
