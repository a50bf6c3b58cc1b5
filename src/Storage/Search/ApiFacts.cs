using System.Text.Json;
using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.Storage.Apis;

namespace Tollgate.Storage.Search;

/// <summary>What of an API can be searched and restricted, as rows beside it: tags, roles, values by prefix, words.</summary>
internal sealed class ApiFacts
{
    /// <summary>A fact of API products only, so that lists tell them apart without reading rows.</summary>
    public const string Product = "product";

    private readonly Api _api;
    private readonly List<(string Fact, string Value)> _facts = [];
    private readonly SearchText[] _texts;

    /// <summary>Made before the transaction begins, as reading the words of a large definition takes a while.</summary>
    public ApiFacts(Api api, ApiContent content)
    {
        _api = api;
        AddFacts(api.Design);
        var shown = api.Design.AdditionalProperties.Where(property => property.Display).Select(property => property.Value);
        _texts =
        [
            new SearchText
            {
                Id = api.Id,
                ApiId = api.Id,
                Kind = SearchKind.Api,
                Words = Words.Of([api.Name, api.Design.DisplayName, api.Design.Description, api.Context, api.Version, .. api.Design.Tags, .. shown]),
            },
            new SearchText
            {
                Id = api.Id + "/definition",
                ApiId = api.Id,
                Kind = SearchKind.Definition,
                Words = DefinitionWords.Of(content.Definition),
            },
        ];
    }

    /// <summary>The fact under which an additional property is found; developers find only those that are shown to them.</summary>
    public static string Property(string name, bool shown) => (shown ? "shown " : "property ") + NameKey.Of(name);

    public async Task ReplaceAsync(Transaction db)
    {
        await RemoveRowsAsync(db, _api.Id);
        foreach (var tag in _api.Design.Tags.DistinctBy(NameKey.Of))
        {
            await db.ExecuteAsync(
                "INSERT INTO api_tags (api_id, tag_key, tag) VALUES (@Id, @key, @tag)", new { _api.Id, key = NameKey.Of(tag), tag });
        }

        foreach (var (item, (fact, value)) in _facts.Index())
        {
            await db.ExecuteAsync(
                "INSERT INTO api_facts (api_id, item, fact, value_key) VALUES (@Id, @item, @fact, @value)",
                new { _api.Id, item, fact, value = NameKey.Of(value) });
        }

        await AddRolesAsync(db, Viewer.Visibility, _api.Design.RolesOfVisibility());
        await AddRolesAsync(db, Viewer.Access, _api.Design.RolesOfAccess());
        foreach (var text in _texts)
        {
            await SearchTexts.PutAsync(db, text);
        }
    }

    public static async Task RemoveAsync(Transaction db, string apiId)
    {
        await RemoveRowsAsync(db, apiId);
        await SearchTexts.RemoveApiAsync(db, apiId);
    }

    private static async Task RemoveRowsAsync(Transaction db, string apiId)
    {
        foreach (var table in (string[])["api_tags", "api_facts", "api_roles"])
        {
            await db.ExecuteAsync($"DELETE FROM {table} WHERE api_id = @apiId", new { apiId });
        }
    }

    private async Task AddRolesAsync(Transaction db, string purpose, IEnumerable<string> roles)
    {
        foreach (var role in roles.Select(NameKey.Of).Distinct())
        {
            await db.ExecuteAsync(
                "INSERT INTO api_roles (api_id, purpose, role_key) VALUES (@Id, @purpose, @role)", new { _api.Id, purpose, role });
        }
    }

    private void AddFacts(ApiDesign design)
    {
        Add(SearchPrefixes.DisplayName, design.DisplayName);
        Add(SearchPrefixes.Description, design.Description);
        Add(SearchPrefixes.Type, design.Type);
        Add(Product, _api.IsProduct ? "true" : null);
        Add(SearchPrefixes.Context, _api.Context);
        if (_api.ServedContext != _api.Context)
        {
            Add(SearchPrefixes.Context, _api.ServedContext);
        }

        Add(SearchPrefixes.Vendor, design.Kept?.TryGetValue("gatewayVendor", out var vendor) == true && vendor.ValueKind == JsonValueKind.String
            ? vendor.GetString()
            : "wso2");
        var endpoints = Endpoints.Of(design);
        Add(SearchPrefixes.Endpoint, endpoints.Production);
        Add(SearchPrefixes.Endpoint, endpoints.Sandbox);
        foreach (var category in design.Categories)
        {
            Add(SearchPrefixes.Category, category);
        }

        foreach (var property in design.AdditionalProperties)
        {
            Add(Property(property.Name, shown: false), property.Value);
            Add(Property(property.Name, shown: true), property.Display ? property.Value : null);
        }
    }

    private void Add(string fact, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _facts.Add((fact, value));
        }
    }
}
