using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tollgate.Web.Pages;

/// <summary>Renders a page and sends it.</summary>
public static class PageAnswer
{
    // Nothing from elsewhere, nothing inline, in nobody's frame.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    public static async Task WriteAsync<TPage, TModel>(HttpContext http, PageContext page, TModel model, int? status = null)
        where TPage : PortalPage<TModel>
    {
        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(
                new Dictionary<string, object?> { [nameof(PortalPage<TModel>.Page)] = page, [nameof(PortalPage<TModel>.Model)] = model }));
            return root.ToHtmlString();
        });
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        http.Response.StatusCode = status ?? http.Response.StatusCode;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync("<!doctype html>\n" + html, Encoding.UTF8, http.RequestAborted);
    }

    /// <summary>After a form has done its work: the browser reads the page anew, and reloading it repeats nothing (RFC 9110 section 15.4.4).</summary>
    public static void SeeOther(HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
    }
}
