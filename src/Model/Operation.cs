using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>One method and URI template of an API.</summary>
public sealed record Operation
{
    /// <summary>URI template below the context, for example <c>/pets/{petId}</c> or <c>/*</c>.</summary>
    public required string Target { get; init; }

    /// <summary>HTTP method in capitals.</summary>
    public required string Verb { get; init; }

    public string AuthType { get; init; } = AuthTypes.Any;

    /// <summary>Name of the advanced throttling policy, counted for this operation alone.</summary>
    public string ThrottlingPolicy { get; init; } = Model.ThrottlingPolicy.Unlimited;

    /// <summary>A token must hold any one of these; none means no scope is asked.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Where an API product takes the operation from; null for the operations of an API.</summary>
    public OperationSource? Source { get; init; }

    public string? PayloadSchema { get; init; }

    public string? UriMapping { get; init; }

    /// <summary>Fields of the contract that no module acts on.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Kept { get; set; }
}

/// <summary>The API behind an operation of an API product, and its backends when the product took it.</summary>
public sealed record OperationSource(string ApiId, string? Production, string? Sandbox);

/// <summary>Who may call an operation.</summary>
public static class AuthTypes
{
    public const string Any = "Any";
    public const string None = "None";
    public const string Application = "Application";
    public const string ApplicationUser = "Application User";

    public static readonly IReadOnlyList<string> All = [Any, None, Application, ApplicationUser, "Application & Application User"];
}
