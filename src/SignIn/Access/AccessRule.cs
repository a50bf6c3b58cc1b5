namespace Tollgate.SignIn.Access;

/// <summary>What a route asks of its caller. A route without one is refused for everybody.</summary>
public abstract record AccessRule
{
    private AccessRule()
    {
    }

    /// <summary>A signed-in person who holds any one of the scopes.</summary>
    public sealed record PersonWithScope(IReadOnlyList<string> AnyOf) : AccessRule;

    /// <summary>A node with a node token.</summary>
    public sealed record Node : AccessRule;

    /// <summary>Anyone, for the stated reason. A person who signs in is known to the route.</summary>
    public sealed record Anyone(string Reason) : AccessRule;

    /// <summary>The route itself authenticates its sender, for the stated reason.</summary>
    public sealed record SelfAuthenticated(string Reason) : AccessRule;
}
