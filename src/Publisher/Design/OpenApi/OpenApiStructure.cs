using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The structure of a document by the OpenAPI specification, as far as the library's reader and rules can tell.</summary>
/// <remarks>Only its findings are used; everything else is read from the tree, so that nothing of the document is lost.</remarks>
internal static partial class OpenApiStructure
{
    private const int MaxShown = 3;

    // Never opened: the reader wants an address for the document.
    private static readonly Uri Address = new("https://definition.invalid/");

    // Measured with Microsoft.OpenApi 3.11.0 on 70 published example documents and on GitHub's description.
    private static readonly IReadOnlyList<string> LeftOut =
    [
        // Quadratic: 12 s for a chain of 4,000 references. LocalReferences does this.
        "OpenApiDocumentReferencesAreValid",

        // Refuses discriminators that the specification shows itself (with oneOf), and takes 9 s for a chain of 1,000 schemas.
        "ValidateSchemaDiscriminator",

        // Refuses GitHub's description: two paths that differ in parameter names only. The rules of operations compare these by verb.
        "PathMustBeUnique",

        // OpenAPI 3.1 permits operations without responses.
        "ResponsesMustContainAtLeastOneResponse",
    ];

    public static void Check(JsonObject root)
    {
        try
        {
            Refuse(Read(root).Diagnostic?.Errors ?? []);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or Refusal))
        {
            // The reader gives up on documents that are valid: with properties that are just true (OpenAPI 3.1), or a length of 1.0.
            // What an API is made of is checked elsewhere, so that nothing a gateway acts on depends on the findings missed.
        }
    }

    /// <summary>Refuses a document with findings that count.</summary>
    public static void Refuse(IEnumerable<OpenApiError> all)
    {
        var findings = all.Where(Counts).ToList();
        if (findings.Count == 0)
        {
            return;
        }

        var shown = findings.Take(MaxShown).Select(Sentence);
        var more = findings.Count > MaxShown ? $" And {findings.Count - MaxShown} more." : "";
        throw Malformed.Document($"The document is not valid OpenAPI. {string.Join(' ', shown)}{more}");
    }

    /// <summary>What the library makes of a document; it may throw anything.</summary>
    public static ReadResult Read(JsonObject root)
    {
        var rules = ValidationRuleSet.GetDefaultRuleSet();
        foreach (var name in LeftOut)
        {
            rules.Remove(name);
        }

        // Without an external loader, and with LoadExternalRefs off as it is by default, the reader opens nothing.
        return new OpenApiJsonReader().Read(root, Address, new OpenApiReaderSettings { RuleSet = rules });
    }

    // Members that the specification does not know are common in the field, change nothing here and are kept.
    private static bool Counts(OpenApiError error) => !error.Message.Contains("is not a valid property at", StringComparison.Ordinal);

    private static string Sentence(OpenApiError error)
    {
        var message = Malformed.Borrow(LibraryTypes().Replace(error.Message, "").Trim().TrimEnd('.'));
        return error.Pointer is { Length: > 0 } pointer ? $"{Malformed.Quote(pointer)}: {message}." : $"{message}.";
    }

    [GeneratedRegex(@"\s*(while parsing \w+|\b(I?OpenApi|Json)[A-Z]\w*)")]
    private static partial Regex LibraryTypes();
}
