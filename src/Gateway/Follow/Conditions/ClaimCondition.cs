using System.Text.RegularExpressions;
using Tollgate.Model;
using Tollgate.Model.Rules;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>A claim has a value that the pattern is found in.</summary>
/// <remarks>
/// The field looks at the token that it sends to backends, whose claims about the caller have names in its dialect. Those a gateway knows
/// without such a token; all others are claims of the access token itself.
/// </remarks>
internal sealed class ClaimCondition(string name, string pattern, bool invert) : CallCondition(invert)
{
    private const string Dialect = "http://wso2.org/claims/";

    private readonly CallField? _field = name.StartsWith(Dialect, StringComparison.Ordinal) ? Field(name[Dialect.Length..]) : null;
    private readonly Regex _pattern = MatchPattern.Compile(pattern);

    protected override bool IsMet(in RequestView request, Exchange exchange) =>
        exchange.HasToken && (_field is { } field ? exchange.Text(field) : exchange.Claim(name)) is { } value && _pattern.IsMatch(value);

    private static CallField? Field(string claim) => claim switch
    {
        "subscriber" => CallField.AppOwner,
        "applicationid" or "applicationUUId" => CallField.AppId,
        "applicationname" => CallField.AppName,
        "applicationtier" => CallField.AppTier,
        "apiname" => CallField.ApiName,
        "apicontext" => CallField.ApiContext,
        "version" => CallField.ApiVersion,
        "tier" => CallField.SubscriptionTier,
        "keytype" => CallField.KeyType,
        "usertype" => CallField.UserType,
        "enduser" => CallField.UserId,
        _ => null,
    };
}
