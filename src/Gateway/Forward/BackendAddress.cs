using System.Text;

namespace Tollgate.Gateway.Forward;

/// <summary>Where the calls of an endpoint URL go, taken apart once per URL.</summary>
internal sealed class BackendAddress
{
    private BackendAddress(ConnectionPool pool, string baseUrl, string authority, string path)
    {
        Pool = pool;
        BaseUrl = baseUrl;
        Authority = Encoding.ASCII.GetBytes(authority);
        Path = Encoding.ASCII.GetBytes(path);
    }

    public ConnectionPool Pool { get; }

    /// <summary>Scheme and authority.</summary>
    public string BaseUrl { get; }

    /// <summary>For the Host header.</summary>
    public byte[] Authority { get; }

    /// <summary>What stands before the path of every call; may be empty.</summary>
    public byte[] Path { get; }

    /// <summary>Null when the URL names no HTTP server.</summary>
    public static BackendAddress? Parse(string url, Func<BackendOrigin, ConnectionPool> poolOf)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            return null;
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        var authority = uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
        return new BackendAddress(
            poolOf(new BackendOrigin(uri.Scheme is "https" or "wss", uri.IdnHost, uri.Port)), $"{uri.Scheme}://{authority}", authority,
            PathOf(url, uri));
    }

    // As it is written in the endpoint, as far as it can stand in a request line: Uri would compact it.
    private static string PathOf(string url, Uri uri)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var path = url.AsSpan(start).IndexOfAny("/?#");
        if (path < 0)
        {
            return "";
        }

        var text = url[(start + path)..].Split('#')[0].TrimEnd();
        text = text.StartsWith('?') ? "/" + text : text;
        return text.AsSpan().ContainsAnyExceptInRange('!', '~') ? uri.PathAndQuery : text;
    }
}

/// <summary>What connections are shared by: two endpoints of one origin use the same.</summary>
/// <param name="IsTls">Whether connections are encrypted.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
internal readonly record struct BackendOrigin(bool IsTls, string Host, int Port)
{
    /// <summary>Whom connections believe; null for the gateway's own truststore.</summary>
    public BackendTrust? Trust { get; init; }
}
