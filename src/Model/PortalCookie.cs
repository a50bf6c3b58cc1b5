namespace Tollgate.Model;

/// <summary>The name of what signs people in to the portals. Browsers send cookies to every port of a host, so gateways keep these from backends.</summary>
public static class PortalCookie
{
    /// <summary>Every cookie of a portal begins like this.</summary>
    public const string Prefix = "__Secure-tollgate-";
}
