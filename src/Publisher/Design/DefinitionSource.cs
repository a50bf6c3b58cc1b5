using System.Text;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Security.Archives;
using Tollgate.Security.Fetch;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>Where a definition comes from: an uploaded file (a document, or a zip archive of one in several files), a URL, or the form itself.</summary>
internal sealed class DefinitionSource(GuardedClients outbound, PublisherOptions options)
{
    private const int Code = 900754;

    // Boundaries, part headers and the other fields of a form beside the document itself.
    private const int FormOverhead = JsonBody.DefaultLimit;

    // The first bytes of every zip archive that has an entry (APPNOTE 4.3.7).
    private static ReadOnlySpan<byte> ZipHead => "PK\u0003\u0004"u8;

    public Task<MultipartForm> FormAsync(HttpContext http) => MultipartForm.ReadAsync(http, options.DefinitionLimit + FormOverhead);

    /// <summary>Reads the definition, or refuses it with a sentence that says what is wrong and where.</summary>
    /// <param name="form">The form with exactly one of <c>file</c>, <c>url</c> and the inline field.</param>
    /// <param name="inline">Name of the inline field.</param>
    /// <param name="cancellation">Ends a fetch.</param>
    public async Task<ImportedDefinition> ReadAsync(MultipartForm form, string inline, CancellationToken cancellation) =>
        Read(await ContentAsync(await form.FileAsync("file"), form.Text("url"), form.Text(inline), inline, cancellation));

    /// <summary>The same of a page's form.</summary>
    public async Task<ImportedDefinition> ReadAsync(byte[]? file, string? url, string? text, CancellationToken cancellation) =>
        Read(await ContentAsync(file, url, text, "text", cancellation));

    private ImportedDefinition Read(byte[] content) => content.AsSpan().StartsWith(ZipHead)
        ? DefinitionReader.Read(DefinitionBundle.Of(SafeArchive.Read(content, Limits(), Code), options.DefinitionLimit))
        : DefinitionReader.Read(content, options.DefinitionLimit);

    private async Task<byte[]> ContentAsync(byte[]? file, string? url, string? text, string inline, CancellationToken cancellation) =>
        (file, url, text) switch
        {
            ({ } content, null, null) => content,
            (null, { } address, null) => await FetchAsync(address, cancellation),
            (null, null, { } typed) => Encoding.UTF8.GetBytes(typed),
            _ => throw Refusal.BadRequest($"Send the OpenAPI document once: as 'file', as 'url' or as '{inline}'.", Code),
        };

    private async Task<byte[]> FetchAsync(string url, CancellationToken cancellation)
    {
        var fetched = await outbound.DefinitionImport.GetAsync(url, options.DefinitionLimit, cancellation);
        return fetched.Problem is { } problem ? throw Refusal.BadRequest($"The definition cannot be fetched from the URL. {problem}", Code) : fetched.Content;
    }

    private ArchiveLimits Limits() => new() { EntryBytes = options.DefinitionLimit, TotalBytes = 2L * options.DefinitionLimit };
}
