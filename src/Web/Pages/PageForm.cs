using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Pages;

/// <summary>What a form sent.</summary>
public sealed class PageForm
{
    private readonly IFormCollection _form;

    private PageForm(IFormCollection form) => _form = form;

    public IFormFileCollection Files => _form.Files;

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
