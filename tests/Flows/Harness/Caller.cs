using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Contracts.Check;

namespace Tollgate.Flows.Harness;

/// <summary>An answer with its body read.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    public int Code => (int)Status;

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("the body is null");

    /// <summary>The error code of a REST or gateway error body, as text.</summary>
    public string? ErrorCode => Body.Length == 0 ? null : Json["code"]?.ToString();

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}

/// <summary>Calls a node as one person, or as nobody.</summary>
public sealed class Caller(HttpClient http, string baseUrl, AuthenticationHeaderValue? credentials)
{
    public HttpClient Http => http;

    public static Caller Basic(HttpClient http, string baseUrl, string user, string password) => new(
        http, baseUrl, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));

    /// <summary>The same node, called with a bearer token.</summary>
    public Caller As(string token) => new(http, baseUrl, new AuthenticationHeaderValue("Bearer", token));

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>GET with a header of the caller's choice.</summary>
    public async Task<Answer> GetAsync(string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, baseUrl + path);
        request.Headers.Authorization = credentials;
        request.Headers.Add(header.Name, header.Value);
        return await Answers.ReadAsync(await http.SendAsync(request));
    }

    public Task<Answer> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, Json(body));

    public Task<Answer> PutAsync(string path, JsonNode body, string? ifMatch = null) => SendAsync(HttpMethod.Put, path, Json(body), ifMatch);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, baseUrl + path) { Content = content };
        request.Headers.Authorization = credentials;
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        var response = await http.SendAsync(request);
        return await Answers.ReadAsync(response);
    }

    private static StringContent? Json(JsonNode? body) => body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
}

/// <summary>Assertions on answers.</summary>
public static class Answers
{
    /// <summary>Reads the body, and holds the answer against the published contract of its path.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var answer = new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
        MintedSecrets.Collect(answer.Body);
        var request = response.RequestMessage!;
        var problems = AnswerCheck.Problems(
            request.Method.Method, request.RequestUri!.AbsolutePath, answer.Code, response.Content.Headers.ContentType?.MediaType, answer.Body);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        return answer;
    }

    /// <summary>The body's JSON if the status is the one expected; otherwise the whole answer is in the failure.</summary>
    public static async Task<JsonNode> ExpectAsync(this Task<Answer> pending, int status)
    {
        var answer = await pending;
        Assert.True(answer.Code == status, $"expected {status}, got {answer.Code}: {answer.Body}");
        return answer.Body.Length == 0 ? new JsonObject() : answer.Json;
    }

    /// <summary>An error with this status and code, whose description says something.</summary>
    public static async Task<string> ExpectErrorAsync(this Task<Answer> pending, int status, string code)
    {
        var answer = await pending;
        Assert.True(answer.Code == status && answer.ErrorCode == code, $"expected {status}/{code}, got {answer.Code}: {answer.Body}");
        var description = answer.Json["description"]!.ToString();
        Assert.NotEmpty(description);
        return description;
    }
}
