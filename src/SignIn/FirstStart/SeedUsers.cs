using Microsoft.Extensions.Logging;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.FirstStart;

/// <summary>Makes the roles and the administrator of a new system; does nothing on every later start.</summary>
public sealed partial class SeedUsers(
    UserStore users, SeedOrganization seed, SignInOptions options, ILogger<SeedUsers> log)
{
    /// <summary>Returns the administrator's password when a random one was made: its only copy in clear.</summary>
    public async Task<string?> RunAsync()
    {
        if (await users.AnyAsync())
        {
            return null;
        }

        await seed.RolesAsync(Organization.Default);
        if (!options.CreateAdmin)
        {
            return null;
        }

        var generated = options.AdminPassword.Length == 0 ? GeneratedSecret.NewIdentifier() : null;
        await seed.AdministratorAsync(Organization.Default, options.AdminName, generated ?? options.AdminPassword);
        if (options.AdminPassword is "admin" or "password" || options.AdminPassword == options.AdminName)
        {
            DefaultPassword(log, options.AdminName);
        }

        return generated;
    }

    [LoggerMessage(LogLevel.Warning, "The user {Name} has a default password from [super_admin]; everybody knows it. Change it.")]
    private static partial void DefaultPassword(ILogger log, string name);
}
