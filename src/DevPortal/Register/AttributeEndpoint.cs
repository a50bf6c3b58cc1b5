using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>GET /settings/application-attributes: what a form for an application asks for.</summary>
internal sealed class AttributeEndpoint(ApplicationAttributes attributes)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/settings/application-attributes", ListAsync).Needs(RestScopes.Subscribe);

    private Task ListAsync(HttpContext http) =>
        JsonAnswer.WriteAsync(http, Lists.Whole<AttributeResource>([.. attributes.Shown.Select(AttributeResource.Of)]));

    // The contract writes the two flags as texts.
    private sealed record AttributeResource(string Attribute, string Description, string Type, string Tooltip, string Required, string Hidden)
    {
        public static AttributeResource Of(ApplicationAttribute attribute) => new(
            attribute.Name, attribute.Description, attribute.Type, attribute.Tooltip, Text(attribute.Required), Text(attribute.Hidden));

        private static string Text(bool flag) => flag ? "true" : "false";
    }
}
