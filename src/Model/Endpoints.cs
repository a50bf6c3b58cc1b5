using System.Text.Json;

namespace Tollgate.Model;

/// <summary>Where an API's calls go, read from the contract's <c>endpointConfig</c>.</summary>
public sealed record Endpoints(string? Production, string? Sandbox)
{
    public static readonly Endpoints None = new(null, null);

    public bool Any => Production is not null || Sandbox is not null;

    /// <summary>Reads <c>{"endpoint_type":"http","production_endpoints":{"url":…},"sandbox_endpoints":{"url":…}}</c>.</summary>
    public static Endpoints Read(JsonElement? config)
    {
        if (config is not { ValueKind: JsonValueKind.Object } settings)
        {
            return config is null or { ValueKind: JsonValueKind.Null }
                ? None
                : throw Refusal.BadRequest("endpointConfig must be an object.", 900346);
        }

        var type = settings.TryGetProperty("endpoint_type", out var kind) ? kind.ToString() : "http";
        if (type != "http")
        {
            throw Refusal.BadRequest($"The endpoint type '{type}' is not available; use 'http'.", 900346);
        }

        RefuseSecurity(settings);
        return new Endpoints(Url(settings, "production_endpoints"), Url(settings, "sandbox_endpoints"));
    }

    private static string? Url(JsonElement settings, string name)
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
        return text.Length == 0 ? null : Check(name, text);
    }

    private static string Check(string name, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw Refusal.BadRequest($"{name}.url '{url}' is not an http or https URL.", 900346);
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
