namespace Tollgate.Model.Rules;

/// <summary>What rules about calls can name of a call, as texts.</summary>
public enum CallField
{
    /// <summary><c>user@organization</c>; the application's owner for a call without a user, <c>anonymous</c> for one without a token.</summary>
    UserId,
    ApiContext,
    ApiVersion,
    ApiName,

    /// <summary><c>context:version</c>.</summary>
    ApiKey,

    /// <summary>Organization of the API.</summary>
    ApiTenant,

    /// <summary>Advanced policy of the API.</summary>
    ApiTier,

    /// <summary><c>context/version/template:VERB</c>.</summary>
    ResourceKey,

    /// <summary>Advanced policy of the operation.</summary>
    ResourceTier,
    AppId,
    AppName,
    AppOwner,

    /// <summary>Organization of the application.</summary>
    AppTenant,

    /// <summary><c>application:user</c>.</summary>
    AppKey,

    /// <summary>The application's policy.</summary>
    AppTier,
    SubscriptionKey,

    /// <summary>The subscription's business plan.</summary>
    SubscriptionTier,

    /// <summary>PRODUCTION or SANDBOX.</summary>
    KeyType,

    /// <summary>Application_User or Application.</summary>
    UserType,
}
