using System.Text.RegularExpressions;

namespace Tollgate.Model;

/// <summary>What a custom policy counts and when it refuses: a query over requests and the key that its decisions are found by.</summary>
/// <param name="SiddhiQuery">Reads RequestStream, yields throttleKey, isThrottled and expiryTimeStamp.</param>
/// <param name="KeyTemplate">Variables of a request joined by literals, for example <c>$userId:$apiContext</c>.</param>
public sealed partial record CustomRule(string SiddhiQuery, string KeyTemplate)
{
    private const int MaxQuery = 20_000;
    private const int MaxTemplate = 512;

    private static readonly string[] Variables =
        ["userId", "apiContext", "apiVersion", "resourceKey", "appTenant", "apiTenant", "appId", "clientIp"];

    /// <summary>The rule, or a refusal that says what is wrong with its shape; what the query computes is not judged here.</summary>
    public static CustomRule Checked(string? query, string? template)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > MaxQuery || !Source().IsMatch(query) || !Sink().IsMatch(query))
        {
            throw Refusal.BadRequest(
                $"siddhiQuery has at most {MaxQuery} characters, reads 'FROM RequestStream' and ends with 'INSERT [ALL EVENTS] INTO' a stream.", 900305);
        }

        foreach (var name in (string[])["throttleKey", "isThrottled", "expiryTimeStamp"])
        {
            if (!query.Contains(name, StringComparison.Ordinal))
            {
                throw Refusal.BadRequest($"siddhiQuery does not yield '{name}'; it must select throttleKey, isThrottled and expiryTimeStamp.", 900305);
            }
        }

        return new CustomRule(query, CheckTemplate(template));
    }

    private static string CheckTemplate(string? template)
    {
        if (string.IsNullOrWhiteSpace(template) || template.Length > MaxTemplate)
        {
            throw Refusal.BadRequest($"keyTemplate has 1 to {MaxTemplate} characters, for example '$userId:$apiContext'.", 900305);
        }

        var named = Variable().Matches(template);
        if (named.Count == 0 || named.Count != template.Count(c => c == '$')
            || named.Any(variable => variable.Groups[1].Success && !Variables.Contains(variable.Groups[1].Value)))
        {
            throw Refusal.BadRequest(
                $"keyTemplate '{template}' may use ${string.Join(", $", Variables)} and $customProperty.<name>, and must use at least one.", 900305);
        }

        return template;
    }

    [GeneratedRegex(@"\bfrom\s+RequestStream\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Source();

    [GeneratedRegex(@"\binsert\s+(all\s+events\s+)?into\s+\w+\s*;?\s*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Sink();

    [GeneratedRegex(@"\$(?:customProperty\.\w+|(\w+))", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
