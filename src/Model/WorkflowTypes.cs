namespace Tollgate.Model;

/// <summary>What an organization can make wait for an administrator's approval.</summary>
public static class WorkflowTypes
{
    /// <summary>Takes effect at once.</summary>
    public const string Simple = "Simple";

    /// <summary>Waits for an administrator.</summary>
    public const string Approval = "Approval";

    /// <summary>The names under which a workflow is switched on, as in the field.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "ApplicationCreation", "ApplicationUpdate", "ApplicationDeletion", "ProductionApplicationRegistration", "SandboxApplicationRegistration",
        "SubscriptionCreation", "SubscriptionUpdate", "SubscriptionDeletion", "UserSignUp", "APIStateChange", "APIRevisionDeployment",
    ];
}
