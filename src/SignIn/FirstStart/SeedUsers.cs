using Microsoft.Extensions.Logging;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.FirstStart;

/// <summary>Makes the roles and the administrator of a new system; does nothing on every later start.</summary>
public sealed partial class SeedUsers(
    UserStore users, RoleStore roles, PasswordHash hash, SignInOptions options, TimeProvider time, ILogger<SeedUsers> log)
{
    /// <summary>Returns the administrator's password when a random one was made: its only copy in clear.</summary>
    public async Task<string?> RunAsync()
    {
        if (await users.AnyAsync())
        {
            return null;
        }

        await CreateRolesAsync();
        if (!options.CreateAdmin)
        {
            return null;
        }

        var generated = options.AdminPassword.Length == 0 ? GeneratedSecret.NewIdentifier() : null;
        var now = time.GetUtcNow();
        await users.CreateAsync(new User
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = Organization.Default,
            Name = options.AdminName,
            PasswordHash = hash.Of(generated ?? options.AdminPassword),
            Roles = [options.AdminRole],
            CreatedAt = now.ToUnixTimeMilliseconds(),
        });
        if (options.AdminPassword is "admin" or "password" || options.AdminPassword == options.AdminName)
        {
            DefaultPassword(log, options.AdminName);
        }

        return generated;
    }

    private async Task CreateRolesAsync()
    {
        if ((await roles.ListAsync(Organization.Default, new PageRequest(0, 1))).Total > 0)
        {
            return;
        }

        await roles.CreateAsync([.. DefaultRoles.All(options.AdminRole).Select(role => new Role
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = Organization.Default,
            Name = role.Name,
            Scopes = role.Scopes,
        })]);
    }

    [LoggerMessage(LogLevel.Warning, "The user {Name} has a default password from [super_admin]; everybody knows it. Change it.")]
    private static partial void DefaultPassword(ILogger log, string name);
}
