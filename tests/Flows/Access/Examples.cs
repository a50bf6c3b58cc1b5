using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>What a request carries beside its path, with {name} for what belongs to somebody.</summary>
internal sealed record Example(string Query = "", string? Json = null, params (string Field, string Text)[] Form)
{
    public static implicit operator Example(string json) => new(Json: json);
}

/// <summary>
/// For every route that changes something, a request that the owner of the thing may make. A PUT whose path can be read sends back what was read,
/// and a POST without an entry sends an empty object; that all of them are accepted is tested.
/// </summary>
internal static partial class Examples
{
    /// <summary>Stands for a certificate in a form.</summary>
    public const string Certificate = "{certificate}";

    /// <summary>Stands for an image in a form.</summary>
    public const string Image = "GIF89a..";

    private const string Definition =
        """
        {"openapi": "3.0.1", "info": {"title": "Changed", "version": "1.0.0"}, "paths": {"/changed": {"get": {"responses": {"200": {"description": "ok"}}}}}}
        """;

    private static readonly Example Subscription = """{"apiId": "{apiId}", "applicationId": "{otherApplicationId}", "throttlingPolicy": "Unlimited"}""";
    private static readonly Example Document = """{"name": "Another", "type": "HOWTO", "summary": "s", "sourceType": "INLINE", "visibility": "API_LEVEL"}""";
    private static readonly Example Labels = """{"labels": ["{labelId}"]}""";
    private static readonly Example Decision = new("?workflowReferenceId={workflowReferenceId}", """{"status": "APPROVED", "description": "fine"}""");
    private static readonly Example ApiKey = """{"keyUUID": "{apiKeyId}"}""";
    private static readonly Example LentKey = """{"keyUUID": "{lentKeyId}"}""";
    private static readonly Example Text = new(Form: ("inlineContent", "text"));
    private static readonly Example Secret = """{"consumerSecret": "{consumerSecret}"}""";
    private static readonly Example ClientCertificate = new(Form: [("alias", "another"), ("tier", "Gold"), ("certificate", Certificate)]);

    private static readonly IReadOnlyDictionary<string, Example> Table = new Dictionary<string, Example>
    {
        ["POST publisher/apis/change-lifecycle"] = new("?apiId={apiId}&action=Block"),
        ["POST publisher/apis/copy-api"] = new("?apiId={apiId}&newVersion=9.9.9"),
        ["GET publisher/apis/export"] = new("?apiId={apiId}"),
        ["POST publisher/apis/{apiId}/attach-labels"] = Labels,
        ["POST publisher/apis/{apiId}/detach-labels"] = Labels,
        ["POST publisher/apis/{apiId}/client-certificates"] = ClientCertificate,
        ["PUT publisher/apis/{apiId}/client-certificates/{alias}"] = new(Form: ("tier", "Bronze")),
        ["POST publisher/apis/{apiId}/client-certs/{keyType}"] = ClientCertificate,
        ["PUT publisher/apis/{apiId}/client-certs/{keyType}/{alias}"] = new(Form: ("tier", "Bronze")),
        ["POST publisher/apis/{apiId}/comments"] = """{"content": "Mine"}""",
        ["PATCH publisher/apis/{apiId}/comments/{commentId}"] = """{"content": "Changed"}""",
        ["POST publisher/apis/{apiId}/deploy-revision"] = new("?revisionId={deployedRevisionId}", """[{"name": "Default"}]"""),
        ["POST publisher/apis/{apiId}/undeploy-revision"] = new("?revisionId={deployedRevisionId}", """[{"name": "Default"}]"""),
        ["PUT publisher/apis/{apiId}/deployments/{deploymentId}"] = """{"displayOnDevportal": false}""",
        ["POST publisher/apis/{apiId}/restore-revision"] = new("?revisionId={deployedRevisionId}"),
        ["POST publisher/apis/{apiId}/documents"] = Document,
        ["POST publisher/apis/{apiId}/documents/validate"] = new("?name=Guide"),
        ["POST publisher/apis/{apiId}/documents/{documentId}/content"] = Text,
        ["POST publisher/apis/{apiId}/endpoints"] =
            """
            {"name": "spare", "deploymentStage": "SANDBOX",
             "endpointConfig": {"endpoint_type": "http", "sandbox_endpoints": {"url": "http://b.example"}}}
            """,
        ["PUT publisher/apis/{apiId}/swagger"] = new(Form: ("apiDefinition", Definition)),
        ["PUT publisher/apis/{apiId}/thumbnail"] = new(Form: ("file", Image)),
        ["POST publisher/api-products/change-lifecycle"] = new("?apiProductId={apiProductId}&action=Publish"),
        ["POST publisher/api-products/copy-api-products"] = new("?apiProductId={apiProductId}&newVersion=9.9.9"),
        ["POST publisher/api-products/{apiProductId}/deploy-revision"] = new("?revisionId={productRevisionId}", """[{"name": "Default"}]"""),
        ["POST publisher/api-products/{apiProductId}/undeploy-revision"] = new("?revisionId={productRevisionId}", """[{"name": "Default"}]"""),
        ["PUT publisher/api-products/{apiProductId}/deployments/{deploymentId}"] = """{"displayOnDevportal": false}""",
        ["POST publisher/api-products/{apiProductId}/restore-revision"] = new("?revisionId={productRevisionId}"),
        ["POST publisher/api-products/{apiProductId}/documents"] = Document,
        ["POST publisher/api-products/{apiProductId}/documents/{documentId}/content"] = Text,
        ["PUT publisher/api-products/{apiProductId}/thumbnail"] = new(Form: ("file", Image)),
        ["PUT publisher/endpoint-certificates/{alias}"] = new(Form: ("certificate", Certificate)),
        ["POST publisher/subscriptions/block-subscription"] = new("?subscriptionId={subscriptionId}&blockState=BLOCKED"),
        ["POST publisher/subscriptions/unblock-subscription"] = new("?subscriptionId={subscriptionId}"),
        ["POST publisher/subscriptions/change-business-plan"] = new("?subscriptionId={subscriptionId}&businessPlan=Bronze"),
        ["POST publisher/workflows/update-workflow-status"] = Decision,
        ["POST devportal/apis/{apiId}/api-keys/generate"] = """{"keyName": "Fresh", "keyType": "PRODUCTION"}""",
        ["POST devportal/apis/{apiId}/api-keys/regenerate"] = LentKey,
        ["POST devportal/apis/{apiId}/api-keys/revoke"] = LentKey,
        ["POST devportal/apis/{apiId}/api-keys/associate"] = """{"keyUUID": "{spareKeyId}", "applicationUUID": "{applicationId}"}""",
        ["POST devportal/apis/{apiId}/api-keys/dissociate"] = LentKey,
        ["POST devportal/apis/{apiId}/comments"] = """{"content": "Mine"}""",
        ["PATCH devportal/apis/{apiId}/comments/{commentId}"] = """{"content": "Changed"}""",
        ["PUT devportal/apis/{apiId}/user-rating"] = """{"rating": 5}""",
        ["POST devportal/applications/{applicationId}/api-keys/{keyType}/generate"] = """{"keyName": "Fresh"}""",
        ["POST devportal/applications/{applicationId}/api-keys/{keyType}/regenerate"] = ApiKey,
        ["POST devportal/applications/{applicationId}/api-keys/{keyType}/revoke"] = ApiKey,
        ["POST devportal/applications/{applicationId}/api-keys/{keyType}/associate"] = """{"keyUUID": "{spareKeyId}", "apiUUID": "{apiId}"}""",
        ["POST devportal/applications/{applicationId}/api-keys/{keyType}/dissociate"] = LentKey,
        ["POST devportal/applications/{applicationId}/generate-keys"] =
            """{"keyType": "SANDBOX", "grantTypesToBeSupported": ["client_credentials"]}""",
        ["POST devportal/applications/{applicationId}/keys/{keyType}/generate-token"] = Secret,
        ["POST devportal/applications/{applicationId}/oauth-keys/{keyMappingId}/generate-token"] = Secret,
        ["POST devportal/applications/{applicationId}/oauth-keys/{keyMappingId}/revoke-secret"] = """{"secretId": "{secretId}"}""",
        ["POST devportal/applications/{applicationId}/map-keys"] =
            """{"consumerKey": "{clientId}", "consumerSecret": "{clientSecret}", "keyType": "SANDBOX"}""",
        ["POST devportal/applications/{applicationId}/reset-throttle-policy"] = """{"userName": "{userName}"}""",
        ["GET devportal/applications/export"] = new("?appName={applicationName}&appOwner={ownerName}"),
        ["POST devportal/subscriptions"] = Subscription,
        ["POST devportal/subscriptions/multiple"] = $"[{Subscription.Json}]",
        ["PUT admin/api-categories/{apiCategoryId}"] = """{"name": "{categoryName}", "description": "changed"}""",
        ["POST admin/api-keys/revoke"] = ApiKey,
        ["POST admin/apis/{apiId}/change-provider"] = new("?provider={userName}"),
        ["POST admin/applications/{applicationId}/change-owner"] = new("?owner={userName}"),
        ["POST admin/applications/{applicationId}/change-settings"] = """{"owner": "{userName}"}""",
        ["PUT admin/labels/{labelId}"] = """{"name": "{labelName}"}""",
        ["PATCH admin/throttling/deny-policy/{conditionId}"] = """{"conditionStatus": false}""",
        ["POST admin/workflows/update-workflow-status"] = Decision,
    };

    private static readonly (string Base, string Name)[] Apis =
        [(Portal.Publisher + "/", "publisher/"), (Portal.DevPortal + "/", "devportal/"), (Portal.Admin + "/", "admin/")];

    /// <summary>The route's entry in the table, if it has one.</summary>
    public static Example? Find(Route route)
    {
        var (start, name) = Apis.FirstOrDefault(api => route.Path.StartsWith(api.Base, StringComparison.Ordinal));
        return start is null ? null : Table.GetValueOrDefault($"{route.Method} {name}{route.Path[start.Length..]}");
    }

    /// <summary>Entries of the table that no route has.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<Route> routes)
    {
        var found = routes.Select(Find).ToHashSet(ReferenceEqualityComparer.Instance);
        return Table.Where(entry => !found.Contains(entry.Value)).Select(entry => entry.Key);
    }

    /// <summary>The names that an example mentions.</summary>
    public static IEnumerable<string> Names(Example example) => Mentioned().Matches(example.Query + example.Json).Select(match => match.Value);

    /// <summary>A text with the names replaced.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Mentioned().Replace(text, name => values.GetValueOrDefault(name.Value, Route.Nothing));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Mentioned();
}
