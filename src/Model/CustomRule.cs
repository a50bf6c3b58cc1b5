using Tollgate.Model.Rules;

namespace Tollgate.Model;

/// <summary>What a custom policy counts and when it refuses: a query over requests and the key that its decisions are found by.</summary>
/// <param name="SiddhiQuery">See <see cref="CustomQuery"/>.</param>
/// <param name="KeyTemplate">Variables of a request joined by literals, for example <c>$userId:$apiContext</c>.</param>
public sealed record CustomRule(string SiddhiQuery, string KeyTemplate)
{
    private const int MaxQuery = 20_000;

    /// <summary>The rule, or a refusal that says which part of the query or the template is not understood.</summary>
    public static CustomRule Checked(string? query, string? template)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > MaxQuery)
        {
            throw Refusal.BadRequest($"siddhiQuery has 1 to {MaxQuery} characters, for example LIMIT 100 PER 1 min WHERE apiContext == '/orders/1.0'.", 900305);
        }

        var rule = new CustomRule(query, template ?? "");
        rule.ToPlan();
        return rule;
    }

    /// <summary>What is counted; a refusal for a rule that an earlier version stored without reading it.</summary>
    public CustomPlan ToPlan() => CustomQuery.Read(SiddhiQuery, Rules.KeyTemplate.Read(KeyTemplate));
}
