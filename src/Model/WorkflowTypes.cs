using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>What can be made to wait for an administrator's approval; the texts are the field's type codes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkflowType>))]
public enum WorkflowType
{
    [JsonStringEnumMemberName("AM_APPLICATION_CREATION")] ApplicationCreation,
    [JsonStringEnumMemberName("AM_APPLICATION_UPDATE")] ApplicationUpdate,
    [JsonStringEnumMemberName("AM_APPLICATION_DELETION")] ApplicationDeletion,
    [JsonStringEnumMemberName("AM_APPLICATION_REGISTRATION_PRODUCTION")] ProductionKeys,
    [JsonStringEnumMemberName("AM_APPLICATION_REGISTRATION_SANDBOX")] SandboxKeys,
    [JsonStringEnumMemberName("AM_SUBSCRIPTION_CREATION")] SubscriptionCreation,
    [JsonStringEnumMemberName("AM_SUBSCRIPTION_UPDATE")] SubscriptionUpdate,
    [JsonStringEnumMemberName("AM_SUBSCRIPTION_DELETION")] SubscriptionDeletion,
    [JsonStringEnumMemberName("AM_USER_SIGNUP")] SignUp,
    [JsonStringEnumMemberName("AM_API_STATE")] ApiState,
    [JsonStringEnumMemberName("AM_API_PRODUCT_STATE")] ProductState,
    [JsonStringEnumMemberName("AM_REVISION_DEPLOYMENT")] RevisionDeployment,
}

/// <summary>The workflows and the names under which an organization switches them.</summary>
public static class WorkflowTypes
{
    /// <summary>Executor: takes effect at once.</summary>
    public const string Simple = "Simple";

    /// <summary>Executor: waits for an administrator.</summary>
    public const string Approval = "Approval";

    private static readonly (WorkflowType Type, string Key)[] Table =
    [
        (WorkflowType.ApplicationCreation, "ApplicationCreation"),
        (WorkflowType.ApplicationUpdate, "ApplicationUpdate"),
        (WorkflowType.ApplicationDeletion, "ApplicationDeletion"),
        (WorkflowType.ProductionKeys, "ProductionApplicationRegistration"),
        (WorkflowType.SandboxKeys, "SandboxApplicationRegistration"),
        (WorkflowType.SubscriptionCreation, "SubscriptionCreation"),
        (WorkflowType.SubscriptionUpdate, "SubscriptionUpdate"),
        (WorkflowType.SubscriptionDeletion, "SubscriptionDeletion"),
        (WorkflowType.SignUp, "UserSignUp"),
        (WorkflowType.ApiState, "APIStateChange"),
        (WorkflowType.ProductState, "APIProductStateChange"),
        (WorkflowType.RevisionDeployment, "APIRevisionDeployment"),
    ];

    /// <summary>The names under which workflows are switched, as in the field.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Table.Select(entry => entry.Key)];

    /// <summary>Workflows about subscriptions, which publishers may decide too.</summary>
    public static IReadOnlyList<WorkflowType> OfSubscriptions { get; } =
        [WorkflowType.SubscriptionCreation, WorkflowType.SubscriptionUpdate, WorkflowType.SubscriptionDeletion];

    /// <summary>The workflow of keys of a type.</summary>
    public static WorkflowType OfKeys(KeyType type) => type == KeyType.Production ? WorkflowType.ProductionKeys : WorkflowType.SandboxKeys;

    public static string KeyOf(WorkflowType type) => Table.First(entry => entry.Type == type).Key;
}

/// <summary>A request that waits for an administrator, or was decided.</summary>
public sealed record WorkflowTask
{
    public const string Created = "CREATED";
    public const string Approved = "APPROVED";
    public const string Rejected = "REJECTED";

    /// <summary>The reference by which the task is decided.</summary>
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required WorkflowType Type { get; init; }

    public string Status { get; init; } = Created;

    /// <summary>What the request is about: of each thing, one request of a kind can wait at a time.</summary>
    public required string Subject { get; init; }

    /// <summary>The task goes when this application is deleted.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The task goes when this API is deleted.</summary>
    public string? ApiId { get; init; }

    public required string RequestedBy { get; init; }

    /// <summary>One sentence for whoever decides.</summary>
    public required string Description { get; init; }

    /// <summary>What is asked for, for whoever decides.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>What the effect needs, as JSON.</summary>
    public string Payload { get; init; } = "";

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long UpdatedAt { get; init; }
}
