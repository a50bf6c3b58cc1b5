using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The scopes that an operation of a document states itself.</summary>
internal static class OperationScopes
{
    /// <summary>Those of its own security requirement and of <c>x-scope</c>; null when it says nothing about scopes.</summary>
    public static IReadOnlyList<string>? Stated(JsonObject operation, SecuritySchemes schemes, string place)
    {
        var required = schemes.Required(operation["security"]);
        var extension = Fields.Text(operation, "x-scope", place)
            ?.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return required is null && extension is null ? null : [.. (required ?? []).Union(extension ?? [], StringComparer.Ordinal)];
    }
}
