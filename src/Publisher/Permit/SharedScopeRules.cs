using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Permit;

/// <summary>The rules of shared scopes.</summary>
internal sealed class SharedScopeRules(RoleStore roles, TimeProvider time)
{
    private const int MaxName = 255;
    private const int MaxDescription = 512;

    /// <summary>A new scope, or the refusal that says what to change.</summary>
    public async Task<Scope> NewAsync(string organization, SharedScopeResource wanted)
    {
        var name = Scope.CheckName(wanted.Name);
        return name.StartsWith("apim:", StringComparison.Ordinal)
            ? throw Refusal.BadRequest($"The scope '{name}' is reserved: scopes of the management REST APIs begin with apim:.", 900982)
            : await CheckAsync(organization, wanted, new Scope { Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(), Name = name });
    }

    /// <summary>The stored scope with what is to be changed.</summary>
    public Task<Scope> ChangedAsync(string organization, Scope stored, SharedScopeResource wanted) => wanted.Name is { } name && name != stored.Name
        ? throw Refusal.BadRequest("The name of a scope stays; tokens and APIs know it by that name.", 900982)
        : CheckAsync(organization, wanted, stored);

    private async Task<Scope> CheckAsync(string organization, SharedScopeResource wanted, Scope scope)
    {
        if (wanted.DisplayName?.Length > MaxName || wanted.Description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"The display name has at most {MaxName} characters, the description {MaxDescription}.", 900982);
        }

        var known = await roles.NamedAsync(organization, wanted.Bindings);
        return wanted.Bindings.FirstOrDefault(role => !known.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } missing
            ? throw Refusal.BadRequest($"A scope is bound to the role '{missing}', which does not exist.", 900981)
            : scope with { DisplayName = wanted.DisplayName, Description = wanted.Description, Bindings = known };
    }
}
