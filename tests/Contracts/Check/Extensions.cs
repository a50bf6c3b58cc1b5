namespace Tollgate.Contracts.Check;

/// <summary>An answer that the contract does not list.</summary>
/// <param name="Type">The type of its body.</param>
/// <param name="Reason">Why it is so.</param>
public sealed record OwnAnswer(string Type, string Reason);

/// <summary>Where answers are ours, each with a reason. Short on purpose: a client of the contract meets every line of it.</summary>
public static class Extensions
{
    private static readonly OwnAnswer Plans = new(
        "[#ThrottlingPolicy]", "The contract names one plan; an API offers several, and the field's clients read a list.");

    private static readonly OwnAnswer Bytes = new("*", "The contract says in words that this is the content and forgets it in the answer.");

    /// <summary>Answers by <c>METHOD BASE/path status</c>; they take precedence over the contract's.</summary>
    public static readonly IReadOnlyDictionary<string, OwnAnswer> Answers = new Dictionary<string, OwnAnswer>
    {
        ["POST /api/am/publisher/v4/apis/{apiId}/deploy-revision 201"] = new(
            "[#APIRevisionDeployment]", "The contract says 200 here and 201 for API products; the field's servers and clients use 201 for both."),
        ["GET /api/am/publisher/v4/apis/{apiId}/swagger 200"] = new("*", "The definition is sent as it is; the contract calls it a string."),
        ["PUT /api/am/publisher/v4/apis/{apiId}/swagger 200"] = new("*", "The definition is sent as it is; the contract calls it a string."),
        ["GET /api/am/publisher/v4/apis/{apiId}/thumbnail 200"] = Bytes,
        ["GET /api/am/publisher/v4/api-products/{apiProductId}/swagger 200"] = Bytes,
        ["GET /api/am/publisher/v4/api-products/{apiProductId}/thumbnail 200"] = Bytes,
        ["GET /api/am/publisher/v4/api-products/{apiProductId}/documents/{documentId}/content 200"] = Bytes,
        ["GET /api/am/devportal/v3/apis/{apiId}/thumbnail 200"] = Bytes,
        ["GET /api/am/devportal/v3/apis/{apiId}/documents/{documentId}/content 200"] = Bytes,
        ["GET /api/am/publisher/v4/endpoint-certificates/{alias}/content 200"] = Bytes,
        ["GET /api/am/publisher/v4/apis/{apiId}/client-certificates/{alias}/content 200"] = Bytes,
        ["GET /api/am/publisher/v4/apis/{apiId}/client-certs/{keyType}/{alias}/content 200"] = Bytes,
        ["GET /api/am/devportal/v3/apis/{apiId}/swagger 200"] = new(
            "object", "The contract has the document as a text inside JSON; the field's servers answer the document itself."),
        ["GET /api/am/devportal/v3/apis/{apiId}/subscription-policies 200"] = Plans,
        ["GET /api/am/publisher/v4/apis/{apiId}/subscription-policies 200"] = Plans,
        ["GET /api/am/devportal/v3/applications/{applicationId}/oauth-keys/{keyMappingId}/secrets 200"] = new(
            "{any}", "The contract's schema has objects among the properties of a secret, its own example texts and numbers."),
        ["POST /api/am/devportal/v3/applications/{applicationId}/oauth-keys/{keyMappingId}/generate-secret 201"] = new(
            "{any}", "As for the list of secrets."),
        ["GET /api/am/admin/v4/tenant-config 200"] = new("object", "The contract says text; the field's servers and clients use the document itself."),
        ["GET /api/am/admin/v4/tenant-config-schema 200"] = new("object", "As /tenant-config."),
    };

    /// <summary>Fields that are ours or of another type, by <c>BASE Schema.field</c>, with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fields = new Dictionary<string, string>
    {
        ["/api/am/admin/v4 BlockingCondition.conditionType"] = "SUBSCRIPTION is missing in the contract's list.",
        ["/api/am/admin/v4 BlockingCondition.conditionValue"] = "The contract says object; for all but addresses the field's clients use a text.",
    };
}
