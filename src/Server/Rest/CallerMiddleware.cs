using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Server.Rest;

/// <summary>Where trusted proxies stand in front, the address of a management request is that of the caller and not of the proxy.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, TrustedProxies proxies)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (proxies.Any)
        {
            var peer = http.Connection.RemoteIpAddress ?? IPAddress.None;
            http.Connection.RemoteIpAddress = proxies.ClientOf(peer, http.Request.Headers[proxies.HeaderName].ToString());
        }

        return next(http);
    }
}
