using System.Text.Json.Serialization;

namespace Tollgate.Model.Runtime;

/// <summary>The kinds of things that make up runtime state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuntimeKind>))]
public enum RuntimeKind
{
    [JsonStringEnumMemberName("deployment")] Deployment,
    [JsonStringEnumMemberName("api")] Api,
    [JsonStringEnumMemberName("application")] Application,
    [JsonStringEnumMemberName("credential")] Credential,
    [JsonStringEnumMemberName("subscription")] Subscription,
    [JsonStringEnumMemberName("policy")] Policy,
    [JsonStringEnumMemberName("signing-key")] SigningKey,
    [JsonStringEnumMemberName("revocation")] Revocation,
    [JsonStringEnumMemberName("api-key")] ApiKey,
    [JsonStringEnumMemberName("secret-check")] SecretCheck,
    [JsonStringEnumMemberName("deny-policy")] DenyPolicy,
    [JsonStringEnumMemberName("organization")] Organization,
}
