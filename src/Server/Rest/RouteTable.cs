using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn.Access;

namespace Tollgate.Server.Rest;

/// <summary>One management route: method, path and who may call it.</summary>
public sealed record RouteLine(string Method, string Path, string Access);

/// <summary>The routes of a node, read from what is really mapped.</summary>
internal static class RouteTable
{
    public static IReadOnlyList<RouteLine> Of(IEnumerable<EndpointDataSource> sources) =>
    [
        .. from endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
           let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
           orderby path, method
           select new RouteLine(method, path, Describe(endpoint.Metadata.GetMetadata<AccessRule>())),
    ];

    private static string Describe(AccessRule? rule) => rule switch
    {
        AccessRule.PersonWithScope person => "scope: " + string.Join(" ", person.AnyOf),
        AccessRule.PersonOnPage page => "page: " + string.Join(" ", page.AnyOf),
        AccessRule.VisitorOnPage page => "page for visitors: " + page.Reason,
        AccessRule.Node => "node token",
        AccessRule.Visitor visitor => "visitors: " + visitor.Reason,
        AccessRule.Open open => "open: " + open.Reason,
        _ => "closed: no rule",
    };
}
