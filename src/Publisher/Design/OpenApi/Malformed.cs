using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Refusals of documents that are no OpenAPI definition, or none that can be published.</summary>
internal static class Malformed
{
    private const int Code = 900754;
    private const int MaxQuoted = 100;
    private const int MaxBorrowed = 200;

    public static Refusal Document(string sentence) => Refusal.BadRequest(sentence, Code);

    public static Refusal At(long line, long column, string sentence) => Document($"Line {line}, column {column}: {sentence}");

    public static Refusal TooDeep(long line, long column) =>
        At(line, column, $"The document is nested more than {DefinitionLimits.MaxDepth} levels deep.");

    public static Refusal Twice(long line, long column, string name) =>
        At(line, column, $"The name {Quote(name)} stands twice in the same object.");

    public static Refusal TooManyValues() => Document($"The document has more than {DefinitionLimits.MaxValues} values.");

    /// <summary>The document's own words as an answer may repeat them.</summary>
    public static string Quote(string text) => $"'{Cut(text, MaxQuoted)}'";

    /// <summary>A parser's sentence, which may quote the document at any length.</summary>
    public static string Borrow(string sentence) => Cut(sentence, MaxBorrowed);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}
