using Tollgate.Web.Pages;

namespace Tollgate.SignIn.Sessions;

/// <summary>Where a browser goes after signing in: a page of the same portal, whatever the address bar was made to say.</summary>
internal static class LocalAddress
{
    /// <summary>The address if it is one of the portal's; else the portal's first page.</summary>
    public static string Of(Portal portal, string wanted) =>
        wanted.StartsWith(portal.Path + "/", StringComparison.Ordinal) && wanted.All(c => c is > ' ' and < '\u007f' and not '\\')
        && !wanted.StartsWith(portal.Link("/sign-"), StringComparison.Ordinal) && !wanted.Split('?')[0].Contains("..", StringComparison.Ordinal)
            ? wanted
            : portal.Link(portal.Home);
}
