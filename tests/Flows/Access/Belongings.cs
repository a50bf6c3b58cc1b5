using System.Text;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>One of everything that a person or an organization can own, what can be read of it, and who gets at it.</summary>
/// <param name="Owner">Who may read and change all of it.</param>
/// <param name="Ids">By the end of the route up to the parameter, as in <c>/advanced/{policyId}</c>; the longest that fits counts.</param>
/// <param name="Shared">Names of what others may reach too; by it alone a route is not tried.</param>
internal sealed record Belongings(Caller Owner, IReadOnlyDictionary<string, string> Ids, params IReadOnlyList<string> Shared)
{
    // What names no thing by itself.
    private static readonly string[] Words = ["{keyType}", "{deploymentId}", "{envName}"];

    /// <summary>What the owner reads of all this through these routes. Two readings are equal when nobody changed anything.</summary>
    public async Task<string> ReadAsync(IEnumerable<Route> routes)
    {
        List<string> read = [];
        foreach (var route in routes.Where(route => route.Method == "GET" && Reaches(route)))
        {
            var answer = await SendAsync(Owner, route);
            read.Add($"{route.Path} {answer.Code} {(answer.Code == 200 && !IsArchive(answer) ? answer.Body : "")}");
        }

        Assert.True(read.Count(line => line.Contains(" 200 ", StringComparison.Ordinal)) > 10, string.Join('\n', read));
        return string.Join('\n', read);
    }

    /// <summary>True when the route's path or its example names something of this owner.</summary>
    public bool Reaches(Route route) => route.Prefixes.Select(Key).Concat(Examples.Find(route) is { } example ? Examples.Names(example) : [])
        .Any(name => name is not null && Ids.ContainsKey(name) && !Words.Contains(name) && !Shared.Contains(name));

    /// <summary>Makes the owner's requests as somebody else: all are refused, for want of a right to the thing and for no other reason.</summary>
    /// <param name="stranger">Who has no right to any of this.</param>
    /// <param name="routes">What is tried, as far as it reaches these things.</param>
    /// <param name="more">Statuses that refuse here too.</param>
    public async Task RefuseAsync(Caller stranger, IEnumerable<Route> routes, params int[] more)
    {
        List<string> admitted = [];
        var reached = routes.Where(Reaches).ToList();
        Assert.True(reached.Count > 15, $"only {reached.Count} routes name any of this");
        foreach (var route in reached)
        {
            var answer = await SendAsync(stranger, route);
            if (answer.Code is not (401 or 403 or 404) && !more.Contains(answer.Code))
            {
                admitted.Add($"{route.Method} {route.Path} answered {answer.Code}: {answer.Body}");
            }
        }

        Assert.True(admitted.Count == 0, string.Join('\n', admitted));
    }

    /// <summary>Where the route leads to these things.</summary>
    public string PathOf(Route route) => route.With(prefix => Key(prefix) is { } key ? Ids[key] : null);

    /// <summary>The owner's request through this route, made by a caller.</summary>
    public async Task<Answer> SendAsync(Caller caller, Route route)
    {
        var example = Examples.Find(route) ?? new Example();
        var path = PathOf(route);
        using var content = example.Form.Length > 0 ? Form(example) : await JsonAsync(route, path, example);
        return await caller.SendAsync(new HttpMethod(route.Method), path + Examples.Fill(example.Query, Ids), content);
    }

    private async Task<HttpContent?> JsonAsync(Route route, string path, Example example)
    {
        var json = route.Method switch
        {
            "GET" or "HEAD" or "DELETE" => null,
            _ when example.Json is { } text => Examples.Fill(text, Ids),
            "PUT" => (await Owner.GetAsync(path)).Body,
            _ => "{}",
        };
        return json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
    }

    private static MultipartFormDataContent Form(Example example)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, text) in example.Form)
        {
            switch (text)
            {
                case Examples.Certificate:
                    form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(Pem.New("CN=matrix", 30))), field, "c.crt");
                    break;
                case Examples.Image:
                    form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(text)), field, "icon.gif");
                    break;
                default:
                    form.Add(new StringContent(text), field);
                    break;
            }
        }

        return form;
    }

    private string? Key(string prefix) => Ids.Keys.Where(key => prefix.EndsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length);

    // Archives carry the time of their making.
    private static bool IsArchive(Answer answer) => answer.Message.Content.Headers.ContentType?.MediaType is "application/zip" or "application/octet-stream";
}
