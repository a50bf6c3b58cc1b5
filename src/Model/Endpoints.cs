using System.Text.Json;

namespace Tollgate.Model;

/// <summary>Where an API's calls go, read from the contract's <c>endpointConfig</c>.</summary>
public sealed record Endpoints(string? Production, string? Sandbox)
{
    public static readonly Endpoints None = new(null, null);

    public bool Any => Production is not null || Sandbox is not null;

    /// <summary>Those of a design, whose type says which URLs there can be.</summary>
    public static Endpoints Of(ApiDesign design) => Read(design.EndpointConfig, design.Type);

    /// <summary>Reads <c>{"endpoint_type":"http","production_endpoints":{"url":…},"sandbox_endpoints":{"url":…}}</c>.</summary>
    public static Endpoints Read(JsonElement? config, string type = ApiTypes.Http)
    {
        if (config is not { ValueKind: JsonValueKind.Object } settings)
        {
            return config is null or { ValueKind: JsonValueKind.Null }
                ? None
                : throw Refusal.BadRequest("endpointConfig must be an object.", 900346);
        }

        // Older releases of the field write 'http' for WebSocket backends too.
        var isWebSocket = type == ApiTypes.WebSocket;
        var kind = settings.TryGetProperty("endpoint_type", out var stated) ? stated.ToString() : "http";
        if (kind != "http" && !(isWebSocket && kind == "ws"))
        {
            throw Refusal.BadRequest($"The endpoint type '{kind}' is not available; use '{(isWebSocket ? "ws" : "http")}'.", 900346);
        }

        RefuseSecurity(settings);
        string[] schemes = isWebSocket ? ["ws", "wss"] : ["http", "https"];
        return new Endpoints(Url(settings, "production_endpoints", schemes), Url(settings, "sandbox_endpoints", schemes));
    }

    private static string? Url(JsonElement settings, string name, string[] schemes)
    {
        if (!settings.TryGetProperty(name, out var endpoint) || endpoint.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (endpoint.ValueKind != JsonValueKind.Object || !endpoint.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String)
        {
            throw Refusal.BadRequest($"{name} must be an object with a 'url'; lists of endpoints are not available.", 900346);
        }

        var text = url.GetString()!;
        return text.Length == 0 ? null : Check(name, text, schemes);
    }

    private static string Check(string name, string url, string[] schemes)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || !schemes.Contains(parsed.Scheme))
        {
            throw Refusal.BadRequest($"{name}.url '{url}' is not an {schemes[0]} or {schemes[1]} URL.", 900346);
        }

        return parsed.UserInfo.Length > 0 || parsed.Fragment.Length > 0 || parsed.Query.Length > 0
            ? throw Refusal.BadRequest($"{name}.url may not contain a user, a query or a fragment.", 900346)
            : url.TrimEnd('/');
    }

    // A backend credential that is stored but not sent would look like a working one; so it is refused until it is sent.
    private static void RefuseSecurity(JsonElement settings)
    {
        if (!settings.TryGetProperty("endpoint_security", out var security) || security.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var part in security.EnumerateObject())
        {
            if (part.Value.ValueKind == JsonValueKind.Object
                && part.Value.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.True)
            {
                throw Refusal.BadRequest("endpoint_security is not available; remove it or set enabled to false.", 900346);
            }
        }
    }
}
