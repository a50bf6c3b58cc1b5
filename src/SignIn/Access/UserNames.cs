using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Access;

/// <summary>Whom a name means that somebody signs in with.</summary>
public sealed class UserNames(OrganizationStore organizations)
{
    /// <summary>user@organization names an organization's user; a name that merely contains '@' belongs to the first organization.</summary>
    public async Task<(string Organization, string Name)> SplitAsync(string name)
    {
        var at = name.LastIndexOf('@');
        return at > 0 && await organizations.FindAsync(name[(at + 1)..].ToLowerInvariant()) is { } organization
            ? (organization.Id, name[..at])
            : (Organization.Default, name);
    }
}
