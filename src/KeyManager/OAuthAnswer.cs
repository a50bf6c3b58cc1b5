using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tollgate.KeyManager;

/// <summary>Writes JSON answers of OAuth endpoints and turns errors into the shape of RFC 6749 section 5.2.</summary>
internal static class OAuthAnswer
{
    public static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.WrittenCount;
        // RFC 6749 section 5.1: what carries tokens is never cached.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    /// <summary>The endpoint with its errors written as OAuth errors.</summary>
    public static RequestDelegate Guard(Func<HttpContext, Task> endpoint) => async http =>
    {
        try
        {
            await endpoint(http);
        }
        catch (OAuthError error)
        {
            if (error.Challenge)
            {
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"Tollgate\", charset=\"UTF-8\"";
            }

            await WriteAsync(http, error.Status, writer =>
            {
                writer.WriteString("error", error.Error);
                writer.WriteString("error_description", error.Message);
            });
        }
    };
}
