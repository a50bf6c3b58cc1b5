using System.Text.Json;

namespace Tollgate.Model;

/// <summary>An endpoint of an API under a name of its own, beside the two that the API itself has.</summary>
public sealed record NamedEndpoint
{
    public const string Production = "PRODUCTION";
    public const string Sandbox = "SANDBOX";

    private const int MaxName = 255;

    public required string Id { get; init; }

    public required string ApiId { get; init; }

    /// <summary>Unique in the API, whatever the case.</summary>
    public required string Name { get; init; }

    /// <summary>Production or sandbox.</summary>
    public required string Stage { get; init; }

    /// <summary>The contract's <c>endpointConfig</c>.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>The OpenAPI document of the back end, as text.</summary>
    public string? Definition { get; init; }

    public long RowVersion { get; init; }

    public static string CheckName(string? name) =>
        name?.Trim() is { Length: > 0 and <= MaxName } good && !good.Any(char.IsControl)
            ? good
            : throw Refusal.BadRequest($"'name' has 1 to {MaxName} characters.");

    public static string CheckStage(string? stage) => stage is Production or Sandbox
        ? stage
        : throw Refusal.BadRequest($"'deploymentStage' is {Production} or {Sandbox}.");

    /// <summary>Has an address for its stage, in a form that an API's own endpoints could have.</summary>
    public static JsonElement CheckSettings(JsonElement? settings, string stage)
    {
        var endpoints = Endpoints.Read(settings);
        return (stage == Production ? endpoints.Production : endpoints.Sandbox) is not null
            ? settings!.Value
            : throw Refusal.BadRequest($"'endpointConfig' has no URL for {stage}.", 900346);
    }
}
