using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.SignIn;
using Tollgate.Storage;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Design;

/// <summary>Makes an API, from scratch or from an OpenAPI document.</summary>
internal sealed class CreateApi(
    ApiStore apis, DesignRules designRules, OperationRules operationRules, AccessControl access, TimeProvider time)
{
    /// <summary>An API from scratch; its definition is generated from its operations.</summary>
    public async Task<(Api Api, ApiContent Content)> FromScratchAsync(Caller caller, ApiResource wanted) =>
        await SaveAsync(await PrepareAsync(caller, wanted));

    /// <summary>The same without saving it.</summary>
    public async Task<(Api Api, ApiContent Content)> PrepareAsync(Caller caller, ApiResource wanted)
    {
        var api = await CheckAsync(caller, wanted);
        var operations = await operationRules.CheckAsync(caller.Organization, wanted.Operations ?? [], api.Design);
        var definition = api.Design.Type == ApiTypes.WebSocket
            ? TopicDefinition.Write(api, operations)
            : DefinitionWriter.Create(api.Name, api.Version, api.Design.Description, operations, ScopesOf(api));
        return (api, new ApiContent(operations, definition));
    }

    /// <summary>An API from a document; what the request states wins over what the document says.</summary>
    public async Task<(Api Api, ApiContent Content)> FromDefinitionAsync(Caller caller, ImportedDefinition definition, ApiResource wanted) =>
        await SaveAsync(await PrepareAsync(caller, definition, wanted));

    /// <summary>The same without saving it.</summary>
    public async Task<(Api Api, ApiContent Content)> PrepareAsync(Caller caller, ImportedDefinition definition, ApiResource wanted)
    {
        var merged = wanted with
        {
            Name = wanted.Name ?? Legal(definition.Title),
            Version = wanted.Version ?? definition.Version,
            Description = wanted.Description ?? definition.Description,
            Tags = wanted.Tags.Count > 0 ? wanted.Tags : definition.Tags,
            Scopes = wanted.Scopes.Count > 0 ? wanted.Scopes : [.. definition.Scopes.Select(scope => new ApiScope(scope, false))],
            EndpointConfig = wanted.EndpointConfig ?? EndpointsOf(definition),
        };
        if (merged.Type == ApiTypes.WebSocket)
        {
            throw Refusal.BadRequest("A WebSocket API is no OpenAPI document; make it from scratch, with topics as operations.");
        }

        var api = await CheckAsync(caller, merged);
        var operations = await operationRules.CheckAsync(caller.Organization, wanted.Operations ?? definition.Operations, api.Design);
        var text = wanted.Operations is null ? definition.Json : DefinitionWriter.Update(definition.Json, operations, ScopesOf(api));
        return (api, new ApiContent(operations, text));
    }

    private async Task<Api> CheckAsync(Caller caller, ApiResource wanted)
    {
        var now = time.GetUtcNow();
        var design = await designRules.CheckAsync(caller.Organization, wanted);
        access.RefuseLockout(caller, design);
        return new Api
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = caller.Organization,
            Name = ApiName.Check(wanted.Name),
            Version = ApiName.CheckVersion(wanted.Version),
            Context = ApiContext.Check(wanted.Context),
            Provider = caller.UserName,
            IsDefaultVersion = wanted.IsDefaultVersion,
            Design = design,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedBy = caller.UserName,
            RowVersion = 1,
        };
    }

    private async Task<(Api Api, ApiContent Content)> SaveAsync((Api Api, ApiContent Content) made)
    {
        var (api, content) = made;
        try
        {
            await apis.CreateAsync(api, content);
            return made;
        }
        catch (DuplicateException)
        {
            // Another request created the same API while this one was checked.
            throw Refusal.Conflict(900300, "API exists", $"The API '{api.Name}' {api.Version}, or its context, was created by someone else just now.");
        }
    }

    private static IReadOnlyList<Scope> ScopesOf(Api api) => [.. api.Design.Scopes.Select(entry => entry.Scope)];

    // The first of each: lists of endpoints are not available.
    private static JsonElement? EndpointsOf(ImportedDefinition definition)
    {
        var config = new JsonObject { ["endpoint_type"] = "http" };
        if (definition.ProductionUrls.Count > 0)
        {
            config["production_endpoints"] = new JsonObject { ["url"] = definition.ProductionUrls[0] };
        }

        if (definition.SandboxUrls.Count > 0)
        {
            config["sandbox_endpoints"] = new JsonObject { ["url"] = definition.SandboxUrls[0] };
        }

        return config.Count == 1 ? null : JsonSerializer.SerializeToElement(config);
    }

    // A document's title may contain what an API name may not; the request can always give another name.
    private static string Legal(string title)
    {
        var legal = new string([.. title.Where(c => !ApiName.IsForbidden(c))]).Trim();
        return legal.Length > ApiName.MaxLength ? legal[..ApiName.MaxLength].Trim() : legal;
    }
}
