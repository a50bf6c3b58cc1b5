using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>Reads multipart forms of limited size: text fields and small files, each name once.</summary>
public sealed class MultipartForm
{
    private const int MaxFileName = 255;

    private readonly IFormCollection _form;

    private MultipartForm(IFormCollection form) => _form = form;

    public static async Task<MultipartForm> ReadAsync(HttpContext http, int limit)
    {
        if (!http.Request.HasFormContentType)
        {
            throw new Refusal(415, 415, "Unsupported Media Type", "Send the request as multipart/form-data.");
        }

        if (http.Request.ContentLength > limit)
        {
            throw JsonBody.TooLarge(limit);
        }

        var limits = new FormOptions
        {
            MultipartBodyLengthLimit = limit,
            BufferBodyLengthLimit = limit,
            ValueLengthLimit = limit,
            ValueCountLimit = 64,
            KeyLengthLimit = 256,
            MultipartHeadersCountLimit = 16,
            MultipartHeadersLengthLimit = 8 * 1024,
        };
        try
        {
            return new MultipartForm(await new FormFeature(http.Request, limits).ReadFormAsync(http.RequestAborted));
        }
        catch (InvalidDataException error)
        {
            throw error.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)
                ? JsonBody.TooLarge(limit)
                : Refusal.BadRequest("The multipart form is malformed.");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw JsonBody.TooLarge(limit);
        }
    }

    /// <summary>A text field, or null when it is missing or empty.</summary>
    public string? Text(string name) => _form[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>How the sender called a file: without folders and control characters, to be shown and never to be opened.</summary>
    public string? FileName(string name)
    {
        var sent = _form.Files.GetFile(name)?.FileName ?? "";
        var last = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. last.Where(c => !char.IsControl(c))]).Trim();
        return clean.Length == 0 ? null : clean.Length > MaxFileName ? clean[^MaxFileName..] : clean;
    }

    /// <summary>The content of a file part, or null when there is none.</summary>
    public async Task<byte[]?> FileAsync(string name)
    {
        if (_form.Files.GetFile(name) is not { } file)
        {
            return null;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return content.ToArray();
    }
}
