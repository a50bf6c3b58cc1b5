using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Pages;

/// <summary>What a form sent.</summary>
public sealed class PageForm
{
    private readonly IFormCollection _form;

    private PageForm(IFormCollection form) => _form = form;

    /// <summary>An uploaded file; null where none was chosen.</summary>
    public async Task<byte[]?> FileAsync(string field)
    {
        if (_form.Files.GetFile(field) is not { Length: > 0 } file)
        {
            return null;
        }

        var content = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content);
        return content;
    }

    /// <summary>All values of a field, as of boxes that were ticked.</summary>
    public IReadOnlyList<string> All(string field) => [.. _form[field].OfType<string>()];

    /// <summary>The form of a request; the access rules have read it already to check its token.</summary>
    public static async Task<PageForm> ReadAsync(HttpContext http) => new(await http.Request.ReadFormAsync(http.RequestAborted));

    /// <summary>A field without the spaces around it; empty when it is missing.</summary>
    public string Text(string field) => _form[field].ToString().Trim();

    /// <summary>A field as it was typed.</summary>
    public string Exact(string field) => _form[field].ToString();

    public bool Has(string field) => _form[field].ToString().Length > 0;

    /// <summary>Does what the form asks for; a refusal is shown with the form again, so that nothing typed is lost.</summary>
    public static async Task TryAsync(HttpContext http, Func<Task> act, Func<FormProblem, Task> showAgain)
    {
        try
        {
            await act();
        }
        catch (Refusal refusal) when (refusal.Status < 500)
        {
            http.Response.StatusCode = refusal.Status;
            await showAgain(FormProblem.Of(refusal));
        }
    }
}
