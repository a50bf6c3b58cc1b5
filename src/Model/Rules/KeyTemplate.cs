using System.Text.RegularExpressions;

namespace Tollgate.Model.Rules;

/// <summary>Variables of a call joined by literals, for example <c>$userId:$apiContext</c>.</summary>
internal static partial class KeyTemplate
{
    private const int MaxLength = 512;

    public static RuleText Read(string? template)
    {
        if (string.IsNullOrWhiteSpace(template) || template.Length > MaxLength)
        {
            throw Refusal.BadRequest($"keyTemplate has 1 to {MaxLength} characters, for example '$userId:$apiContext'.", 900305);
        }

        RuleText? text = null;
        var (at, variables) = (0, 0);
        foreach (Match variable in Variable().Matches(template))
        {
            text = Join(text, template[at..variable.Index]);
            text = text is null ? Of(variable.Groups[1].Value, template) : new RuleText.Join(text, Of(variable.Groups[1].Value, template));
            at = variable.Index + variable.Length;
            variables++;
        }

        return variables > 0 && variables == template.Count(c => c == '$') ? Join(text, template[at..])! : throw Unknown(template);
    }

    private static RuleText? Join(RuleText? text, string literal) =>
        literal.Length == 0 ? text : text is null ? new RuleText.Literal(literal) : new RuleText.Join(text, new RuleText.Literal(literal));

    private static RuleText Of(string variable, string template) =>
        variable == RuleFields.Address ? new RuleText.Address()
        : RuleFields.OfTemplates.TryGetValue(variable, out var field) ? new RuleText.Field(field)
        : throw Unknown(template);

    private static Refusal Unknown(string template) => Refusal.BadRequest(
        $"keyTemplate '{template}' may use ${string.Join(", $", RuleFields.OfTemplates.Keys)} and ${RuleFields.Address}, and must use at least one; "
        + "$customProperty is not available: no step of a gateway sets such properties.",
        900305);

    [GeneratedRegex(@"\$(\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
