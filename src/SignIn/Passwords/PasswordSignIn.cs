using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Passwords;

/// <summary>Signs a person in with name and password.</summary>
public sealed class PasswordSignIn(UserStore users, OrganizationStore organizations, PasswordHash hash, SignInOptions options, TimeProvider time)
{
    private readonly VerifiedPasswords _verified = new(time);

    /// <summary>The user, or null: unknown name, wrong password, locked and paused all look alike to the caller.</summary>
    public async Task<User?> CheckAsync(string organization, string name, string password)
    {
        var user = await users.FindByNameAsync(organization, name);
        var now = time.GetUtcNow();
        if (user is not null && _verified.Knows(user, password))
        {
            return await IsAdmittedAsync(user, now) ? user : null;
        }

        var matches = await hash.VerifyAsync(user?.PasswordHash, password);
        if (user is null || !await IsAdmittedAsync(user, now))
        {
            return null;
        }

        if (!matches)
        {
            await users.CountFailureAsync(user, options.AllowedFailures, (now + options.Pause).ToUnixTimeMilliseconds());
            return null;
        }

        if (user.FailedSignIns > 0)
        {
            await users.ClearFailuresAsync(user);
        }

        _verified.Remember(user, password);
        return user;
    }

    /// <summary>
    /// Checks the configured user of a node. A person's pause does not apply, or anyone could cut gateways off by signing in wrongly;
    /// a lock set by an administrator does.
    /// </summary>
    public async Task<User?> CheckNodeAsync(string organization, string name, string password)
    {
        var user = await users.FindByNameAsync(organization, name);
        if (user is not null && _verified.Knows(user, password))
        {
            return user.Locked ? null : user;
        }

        if (!await hash.VerifyAsync(user?.PasswordHash, password) || user!.Locked)
        {
            return null;
        }

        _verified.Remember(user, password);
        return user;
    }

    private async Task<bool> IsAdmittedAsync(User user, DateTimeOffset now) =>
        !user.Locked && user.Roles is not [Role.PendingSignUp] && user.PausedUntil <= now.ToUnixTimeMilliseconds()
        && await organizations.IsActiveAsync(user.Organization);
}
