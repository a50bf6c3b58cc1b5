using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn.Access;

namespace Tollgate.SignIn.Audit;

/// <summary>What a resource looked like before a change: the answer of the GET route of the same path, asked inside the process.</summary>
public sealed class StateBefore(EndpointDataSource routes)
{
    private const int MaxBody = 64 * 1024;

    private readonly Lazy<Dictionary<string, RouteEndpoint>> _reads = new(() => routes.Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true)
        .GroupBy(route => route.RoutePattern.RawText ?? "").ToDictionary(group => group.Key, group => group.First()));

    /// <summary>The state with its secrets masked, or null where no route shows it.</summary>
    public async Task<JsonNode?> ReadAsync(HttpContext http, RouteEndpoint changing)
    {
        if (ReadOf(changing, http.Request.Method) is not { RequestDelegate: { } read })
        {
            return null;
        }

        using var body = new MemoryStream();
        var inside = new DefaultHttpContext { RequestServices = http.RequestServices, RequestAborted = http.RequestAborted };
        inside.Request.Method = HttpMethods.Get;
        inside.Request.Path = http.Request.Path;
        inside.Request.RouteValues = new RouteValueDictionary(http.Request.RouteValues);
        inside.Features.Set(http.Features.Get<Caller>());
        inside.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await read(inside);
        }
        catch (Refusal)
        {
            return null;
        }

        return inside.Response.StatusCode == StatusCodes.Status200OK && body.Length is > 0 and <= MaxBody
            ? SecretMask.Parse(body.ToArray())
            : null;
    }

    // PUT and DELETE change what GET of the same path shows; an action below a resource changes the resource.
    private RouteEndpoint? ReadOf(RouteEndpoint changing, string method)
    {
        if (changing.Metadata.GetMetadata<AccessRule>() is AccessRule.PersonOnPage or AccessRule.VisitorOnPage)
        {
            return changing.Metadata.GetMetadata<ChangedResource>() is { } changed ? _reads.Value.GetValueOrDefault(changed.Pattern) : null;
        }

        var pattern = changing.RoutePattern.RawText ?? "";
        var resource = pattern.LastIndexOf('}') is >= 0 and var end ? pattern[..(end + 1)] : HttpMethods.IsPost(method) ? "" : pattern;
        return _reads.Value.GetValueOrDefault(resource);
    }
}
