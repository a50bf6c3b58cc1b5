namespace Tollgate.Contracts.Coverage;

/// <summary>Why operations of the contracts are not done, by API and beginning of the path; the longest beginning counts.</summary>
public static class Reasons
{
    private const string Ai = "AI providers and model routing: later";
    private const string Mcp = "MCP servers: later";
    private const string GraphQl = "GraphQL APIs: later";
    private const string Events = "Streaming and webhook APIs: later";
    private const string Soap = "SOAP APIs: later";
    private const string Money = "Monetization: later";
    private const string Policies = "Operation policies and mediation: later";
    private const string Services = "Service catalogue: later";
    private const string Governance = "Governance: later";
    private const string Elsewhere = "Publishing to other vendors' portals and gateways: later";
    private const string Looks = "Themes: later, with the web portals";
    private const string Analytics = "Analytics and alerts: later";
    private const string Mocks = "Mock backends: later";
    private const string Sdks = "Client libraries: later";
    private const string Platform = "Gateways registered by token: later, with gateway groups";
    private const string KeyManagers = "Tokens of other key managers: later; until then nothing uses one";

    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Table =
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["publisher"] = new Dictionary<string, string>
            {
                ["/ai-service-providers"] = Ai,
                ["/llm-providers"] = Ai,
                ["/design-assistant"] = Ai,
                ["/mcp-servers"] = Mcp,
                ["/apis/{apiId}/mcp-servers-usage"] = Mcp,
                ["/apis/import-graphql-schema"] = GraphQl,
                ["/apis/validate-graphql-schema"] = GraphQl,
                ["/apis/{apiId}/graphql"] = GraphQl,
                ["/apis/import-asyncapi"] = Events,
                ["/apis/validate-asyncapi"] = Events,
                ["/apis/{apiId}/asyncapi"] = Events,
                ["/apis/{apiId}/topics"] = Events,
                ["/throttling-policies/streaming"] = Events,
                ["/apis/import-wsdl"] = Soap,
                ["/apis/validate-wsdl"] = Soap,
                ["/apis/{apiId}/wsdl"] = Soap,
                ["/apis/{apiId}/resource-policies"] = Soap,
                ["/apis/{apiId}/monetiz"] = Money,
                ["/apis/{apiId}/monetization"] = Money,
                ["/apis/{apiId}/revenue"] = Money,
                ["/subscriptions/{subscriptionId}/usage"] = Money,
                ["/apis/{apiId}/operation-policies"] = Policies,
                ["/operation-policies"] = Policies,
                ["/gateway-policies"] = Policies,
                ["/apis/{apiId}/sequence-backend"] = Policies,
                ["/apis/import-service"] = Services,
                ["/apis/{apiId}/reimport-service"] = Services,
                ["/linter-custom-rules"] = Governance,
                ["/apis/{apiId}/auditapi"] = Governance,
                ["/apis/{apiId}/external-stores"] = Elsewhere,
                ["/apis/{apiId}/publish-to-external-stores"] = Elsewhere,
                ["/external-stores"] = Elsewhere,
                ["/apis/integrated-apis"] = Elsewhere,
                ["/apis/{apiId}/amznResourceNames"] = Elsewhere,
                ["/apis/{apiId}/api-themes"] = Looks,
                ["/apis/{apiId}/generate"] = Mocks,
            },
            ["devportal"] = new Dictionary<string, string>
            {
                ["/mcp-servers"] = Mcp,
                ["/apis/{apiId}/api-chat"] = Ai,
                ["/marketplace-assistant"] = Ai,
                ["/apis/{apiId}/graphql"] = GraphQl,
                ["/apis/{apiId}/async-api-specification"] = Events,
                ["/apis/{apiId}/wsdl"] = Soap,
                ["/apis/{apiId}/generate-definition-url"] = Soap,
                ["/apis/{apiId}/sdks"] = Sdks,
                ["/sdk-gen"] = Sdks,
                ["/subscriptions/{subscriptionId}/usage"] = Money,
            },
            ["admin"] = new Dictionary<string, string>
            {
                ["/ai-service-providers"] = Ai,
                ["/llm-providers"] = Ai,
                ["/alert"] = Analytics,
                ["/bot-detection-data"] = Analytics,
                ["/transaction-count"] = Analytics,
                ["/monetization"] = Money,
                ["/org-themes"] = Looks,
                ["/tenant-theme"] = Looks,
                ["/gateways"] = Platform,
                ["/global-key-managers"] = KeyManagers,
                ["/key-managers/{keyManagerId}/"] = KeyManagers,
            },
            ["dcr"] = new Dictionary<string, string>(),
        };

    /// <summary>Served by an empty list, because there is nothing of the kind in this version: true, and not done.</summary>
    public static readonly IReadOnlySet<string> EmptyLists = new HashSet<string>
    {
        "publisher GET /throttling-policies/streaming/subscription",
        "publisher GET /ai-service-providers",
        "publisher GET /llm-providers",
        "publisher GET /apis/{apiId}/external-stores",
        "devportal GET /apis/{apiId}/topics",
        "devportal GET /webhooks/subscriptions",
    };

    /// <summary>The reason for an operation of an API, or null when nobody gave one.</summary>
    public static string? Of(string api, string path) => (
        from entry in Table[api]
        where path.StartsWith(entry.Key, StringComparison.Ordinal)
        orderby entry.Key.Length descending
        select entry.Value).FirstOrDefault();
}
