namespace Tollgate.Model.Rules;

/// <summary>What queries and key templates call the fields of a call.</summary>
internal static class RuleFields
{
    /// <summary>The caller's address as a number; in templates and queries alike.</summary>
    public const string Address = "clientIp";

    /// <summary>What a key template may name beside <see cref="Address"/>.</summary>
    public static readonly IReadOnlyDictionary<string, CallField> OfTemplates = new Dictionary<string, CallField>(StringComparer.Ordinal)
    {
        ["userId"] = CallField.UserId,
        ["apiContext"] = CallField.ApiContext,
        ["apiVersion"] = CallField.ApiVersion,
        ["resourceKey"] = CallField.ResourceKey,
        ["appTenant"] = CallField.AppTenant,
        ["apiTenant"] = CallField.ApiTenant,
        ["appId"] = CallField.AppId,
    };

    /// <summary>What a query may name.</summary>
    public static readonly IReadOnlyDictionary<string, CallField> OfQueries = new Dictionary<string, CallField>(OfTemplates, StringComparer.Ordinal)
    {
        ["apiName"] = CallField.ApiName,
        ["apiKey"] = CallField.ApiKey,
        ["apiTier"] = CallField.ApiTier,
        ["resourceTier"] = CallField.ResourceTier,
        ["appKey"] = CallField.AppKey,
        ["appTier"] = CallField.AppTier,
        ["subscriptionKey"] = CallField.SubscriptionKey,
        ["subscriptionTier"] = CallField.SubscriptionTier,
    };
}
