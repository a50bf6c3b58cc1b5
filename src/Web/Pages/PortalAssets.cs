using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Web.Pages;

/// <summary>The stylesheet and scripts. Their addresses change with their content, so that browsers may keep them for ever.</summary>
public sealed class PortalAssets
{
    private static readonly string[] Styles = ["tokens.css", "base.css", "forms.css", "parts.css"];

    private readonly Dictionary<string, (string Type, byte[] Content)> _files = new(StringComparer.Ordinal);

    private PortalAssets()
    {
        Style = Keep("tollgate", "css", "text/css; charset=utf-8", [.. Styles.SelectMany(Read)]);
        Script = Keep("tollgate", "mjs", "text/javascript; charset=utf-8", Read("tollgate.mjs"));
        Theme = Keep("theme", "js", "text/javascript; charset=utf-8", Read("theme.js"));
    }

    public static PortalAssets Own { get; } = new();

    /// <summary>File names as pages link them, below <c>/assets/</c> of each portal.</summary>
    public string Style { get; }

    public string Script { get; }

    public string Theme { get; }

    /// <summary>Sends a file, or answers 404 for a name that is none.</summary>
    public async Task WriteAsync(HttpContext http, string name)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.ContentType = file.Type;
        http.Response.ContentLength = file.Content.Length;
        await http.Response.Body.WriteAsync(file.Content, http.RequestAborted);
    }

    private string Keep(string name, string extension, string type, byte[] content)
    {
        var file = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}.{extension}";
        _files[file] = (type, content);
        return file;
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PortalAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
