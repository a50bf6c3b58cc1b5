using Tollgate.Model;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.FirstStart;

/// <summary>Makes the roles and the administrator of an organization.</summary>
public sealed class SeedOrganization(UserStore users, RoleStore roles, PasswordHash hash, SignInOptions options, TimeProvider time)
{
    /// <summary>Makes the roles, unless there are any.</summary>
    public async Task RolesAsync(string organization)
    {
        if ((await roles.ListAsync(organization, new PageRequest(0, 1))).Total > 0)
        {
            return;
        }

        await roles.CreateAsync([.. DefaultRoles.All(options.AdminRole).Select(role => new Role
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = organization,
            Name = role.Name,
            Scopes = role.Scopes,
        })]);
    }

    public async Task AdministratorAsync(string organization, string name, string password)
    {
        var now = time.GetUtcNow();
        await users.CreateAsync(new User
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = organization,
            Name = name,
            PasswordHash = hash.Of(password),
            Roles = [options.AdminRole],
            CreatedAt = now.ToUnixTimeMilliseconds(),
        });
    }
}
