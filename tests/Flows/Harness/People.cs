using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>Users and roles of a test's own.</summary>
public static class People
{
    private const string Password = "a-Long-1-password";

    /// <summary>A role without REST scopes, for visibility and access control.</summary>
    public static async Task<string> NewRoleAsync(this SharedNode shared, string stem)
    {
        var name = shared.NewName(stem);
        await shared.Admin.PostAsync(Portal.Admin + "/roles", new JsonObject { ["name"] = name, ["scopes"] = new JsonArray() }).ExpectAsync(201);
        return name;
    }

    /// <summary>A user with these roles, signed in with Basic.</summary>
    public static async Task<Caller> NewUserAsync(this SharedNode shared, params string[] roles)
    {
        var name = shared.NewName("person");
        var user = new JsonObject
        {
            ["userName"] = name,
            ["password"] = Password,
            ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
        };
        await shared.Admin.PostAsync(Portal.Admin + "/users", user).ExpectAsync(201);
        return Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, Password);
    }

    /// <summary>Nobody: no credentials.</summary>
    public static Caller Visitor(this SharedNode shared) => new(shared.Http, shared.Node.ManagementUrl, null);
}
