namespace Tollgate.Model;

/// <summary>Which other sites' pages may call an API from a browser.</summary>
public sealed record CorsConfiguration
{
    public bool CorsConfigurationEnabled { get; init; }

    public IReadOnlyList<string> AccessControlAllowOrigins { get; init; } = [];

    public bool AccessControlAllowCredentials { get; init; }

    public IReadOnlyList<string> AccessControlAllowHeaders { get; init; } = [];

    public IReadOnlyList<string> AccessControlAllowMethods { get; init; } = [];
}
