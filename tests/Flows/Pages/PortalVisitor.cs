using System.Net;
using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Pages;

/// <summary>A page as a browser got it.</summary>
public sealed record PageView(int Code, string Html, string? Location, HttpResponseMessage Message)
{
    /// <summary>The text as people read it.</summary>
    public string Text => WebUtility.HtmlDecode(Regex.Replace(Html, "<[^>]*>", " "));
}

/// <summary>Somebody with a browser of his own: keeps cookies, follows nothing by himself, sends forms with the token of the page they stand on.</summary>
public sealed partial class PortalVisitor(TestNode node) : IDisposable
{
    private readonly HttpClient _http = node.CreateClient(keepsCookies: true);

    public HttpClient Http => _http;

    public Task<PageView> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Opens the page of the form and sends it.</summary>
    public async Task<PageView> SubmitAsync(string page, string action, params IEnumerable<(string Name, string Value)> fields) =>
        await PostAsync(action, [("form_token", TokenOf(await GetAsync(page))), .. fields]);

    public Task<PageView> SubmitAsync(string page, params IEnumerable<(string Name, string Value)> fields) => SubmitAsync(page, page, fields);

    public Task<PageView> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task SignInAsync(string portal, string name, string password) =>
        Assert.Equal(303, (await SubmitAsync($"/{portal}/sign-in", ("username", name), ("password", password))).Code);

    public static string TokenOf(PageView page) => Token().Match(page.Html).Groups[1].Value;

    public async Task<PageView> SendAsync(HttpMethod method, string path, HttpContent? content, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, node.ManagementUrl + path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await _http.SendAsync(request);
        return new PageView((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString(), answer);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
