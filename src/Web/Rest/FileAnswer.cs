using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>Sends what people uploaded, so that a browser neither runs it nor takes it for a page of ours.</summary>
public static class FileAnswer
{
    // No script, no plug-in, no request: also for an SVG that somebody opens by its address.
    private const string Sandbox = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    /// <summary>As a download under the name, which is data for the browser and nothing more.</summary>
    public static Task DownloadAsync(HttpContext http, MediaContent content, string fileName)
    {
        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(fileName);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return WriteAsync(http, content);
    }

    /// <summary>For showing inside a page, as an image.</summary>
    public static Task ShowAsync(HttpContext http, MediaContent content) => WriteAsync(http, content);

    private static async Task WriteAsync(HttpContext http, MediaContent content)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = Sandbox;
        http.Response.ContentType = content.MediaType;
        http.Response.ContentLength = content.Bytes.Length;
        await http.Response.Body.WriteAsync(content.Bytes, http.RequestAborted);
    }
}
