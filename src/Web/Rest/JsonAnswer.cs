using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Web.Rest;

/// <summary>Writes JSON answers.</summary>
public static class JsonAnswer
{
    public static async Task WriteAsync<T>(HttpContext http, T value, int status = StatusCodes.Status200OK)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, RestJson.Options);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>201 with the address of the new resource.</summary>
    public static Task CreatedAsync<T>(HttpContext http, string location, T value)
    {
        http.Response.Headers.Location = location;
        return WriteAsync(http, value, StatusCodes.Status201Created);
    }
}
