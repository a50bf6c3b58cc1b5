namespace Tollgate.Model;

/// <summary>A URI template of an operation: literals, <c>{parameters}</c> (also inside a segment) and a <c>*</c> for the rest at the end.</summary>
public sealed record UriTemplate(IReadOnlyList<TemplateSegment> Segments, bool EndsWithWildcard)
{
    private const int MaxLength = 1024;

    /// <summary>Reads a template, or says in a refusal what is wrong with it.</summary>
    public static UriTemplate Parse(string text)
    {
        // A query in a template only documents parameters; matching ignores it, as in the field.
        var query = text.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? text : text[..query];
        if (path.Length is 0 or > MaxLength || path[0] != '/')
        {
            throw Refusal.BadRequest($"The operation target '{text}' must start with '/' and have at most {MaxLength} characters.", 900346);
        }

        var names = path[1..].Split('/');
        var wildcard = names[^1] == "*";
        var segments = names[..(wildcard ? ^1 : ^0)].Select(name => TemplateSegment.Parse(text, name)).ToList();
        for (var i = 0; i < segments.Count - 1; i++)
        {
            if (segments[i].IsLiteral && segments[i].Literals[0].Length == 0)
            {
                throw Refusal.BadRequest($"The operation target '{text}' has an empty segment.", 900346);
            }
        }

        return new UriTemplate(segments, wildcard);
    }

    /// <summary>The same for two templates that match the same paths: parameter names do not count.</summary>
    public string Shape => "/" + string.Join('/', Segments.Select(segment => segment.Shape)) + (EndsWithWildcard ? "/*" : "");
}

/// <summary>One segment: literals with a parameter between each two of them; a single literal has no parameter.</summary>
public sealed record TemplateSegment(IReadOnlyList<string> Literals)
{
    public bool IsLiteral => Literals.Count == 1;

    /// <summary>True for <c>{name}</c> alone, which matches any one segment.</summary>
    public bool IsParameter => Literals is ["", ""];

    public string Shape => string.Join("{}", Literals);

    internal static TemplateSegment Parse(string template, string text)
    {
        List<string> literals = [];
        var rest = text;
        for (int open; (open = rest.IndexOf('{', StringComparison.Ordinal)) >= 0;)
        {
            var close = rest.IndexOf('}', open);
            if (close <= open + 1 || (literals.Count > 0 && open == 0))
            {
                throw Refusal.BadRequest(
                    $"The operation target '{template}' has unbalanced, empty or adjacent braces in '{text}'.", 900346);
            }

            literals.Add(CheckLiteral(template, rest[..open]));
            rest = rest[(close + 1)..];
        }

        literals.Add(CheckLiteral(template, rest));
        return new TemplateSegment(literals);
    }

    // RFC 3986 pchar without the percent sign: an encoded literal would have more than one spelling.
    private static string CheckLiteral(string template, string literal) =>
        literal is "." or ".." || literal.Any(c => !char.IsAsciiLetterOrDigit(c) && !"-._~!$&'()+,=:@".Contains(c))
            ? throw Refusal.BadRequest(
                $"The operation target '{template}' contains '{literal}'; literals may contain letters, digits and -._~!$&'()+,=:@ only, "
                + "and '*' stands alone as the last segment.",
                900346)
            : literal;
}
