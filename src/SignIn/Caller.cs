using Microsoft.AspNetCore.Http;

namespace Tollgate.SignIn;

/// <summary>The person on whose behalf a management request runs.</summary>
public sealed record Caller(string Organization, string UserName, IReadOnlyList<string> Roles, IReadOnlySet<string> Scopes)
{
    /// <summary>Groups that the user belongs to; their members share applications.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public bool Has(string scope) => Scopes.Contains(scope);
}

/// <summary>Finds the caller of a request.</summary>
public static class CallerOfRequest
{
    /// <summary>The caller; only on routes that need one.</summary>
    public static Caller Caller(this HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("The route has no access rule that signs a caller in.");
}
