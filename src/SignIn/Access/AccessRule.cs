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

    /// <summary>Anyone, for the stated reason; who signs in is known to the route.</summary>
    public sealed record Visitor(string Reason) : AccessRule;

    /// <summary>A page of a portal for people who hold any one of the scopes; the others are asked to sign in.</summary>
    public sealed record PersonOnPage(IReadOnlyList<string> AnyOf) : AccessRule;

    /// <summary>A page of a portal for anyone, for the stated reason; who is signed in is known to it.</summary>
    public sealed record VisitorOnPage(string Reason) : AccessRule;

    /// <summary>Anyone, for the stated reason; credentials are not looked at here.</summary>
    public sealed record Open(string Reason) : AccessRule;
}
