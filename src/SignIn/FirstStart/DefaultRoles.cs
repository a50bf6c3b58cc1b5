namespace Tollgate.SignIn.FirstStart;

/// <summary>The roles of a new organization and the REST scopes that each of them holds.</summary>
public static class DefaultRoles
{
    /// <summary>Held by every user without being assigned.</summary>
    public const string Everyone = Model.Role.Everyone;

    private const string Creator = "Internal/creator";
    private const string Publisher = "Internal/publisher";
    private const string Subscriber = "Internal/subscriber";
    private const string DevOps = "Internal/devops";
    private const string Analytics = "Internal/analytics";
    private const string Observer = "Internal/observer";
    private const string IntegrationDeveloper = "Internal/integration_dev";

    // Roles to scopes (prefix apim:), as the field's product ships them; the administrator holds all but the last line's.
    private static readonly (string[] Roles, string Scopes)[] Grants =
    [
        ([Creator],
            """
            api_create api_delete mediation_policy_view mediation_policy_create mediation_policy_manage api_mediation_policy_manage
            common_operation_policy_manage client_certificates_view client_certificates_add client_certificates_update
            client_certificates_manage ep_certificates_view ep_certificates_add ep_certificates_update ep_certificates_manage
            threat_protection_policy_create threat_protection_policy_manage pub_alert_manage mcp_server_create mcp_server_delete
            """),
        ([Publisher], "api_publish subscription_block subscription_manage subscription_approval_view subscription_approval_manage mcp_server_publish "
            + "monetization_usage_publish"),
        ([Creator, Publisher],
            """
            api_generate_key subscription_view comment_view comment_write comment_manage document_create document_manage tier_view
            llm_provider_read mcp_server_generate_key
            """),
        ([Creator, Publisher, Analytics, Observer], "api_view mcp_server_view"),
        ([Creator, Publisher, Observer],
            "publisher_settings common_operation_policy_view gateway_policy_view gov_rule_read gov_result_read gov_policy_read"),
        ([Subscriber, DevOps], "subscribe app_manage sub_manage"),
        ([Creator, Publisher, Subscriber, DevOps], "dcr:app_manage"),
        ([Subscriber], "app_update store_settings api_key sub_alert_manage"),
        ([DevOps],
            """
            app_import_export api_import_export api_product_import_export policies_import_export mcp_server_import_export
            """),
        ([],
            """
            api_manage tier_manage bl_view bl_manage api_workflow_view api_workflow_approve admin app_owner_change app_settings_change
            label_manage label_read admin_settings tenantInfo tenant_theme_manage admin_operations keymanagers_manage api_category
            shared_scope_manage admin_alert_manage bot_data scope_manage role_manage environment_manage environment_read
            admin_application_view admin_tier_manage admin_tier_view api_provider_change gateway_policy_manage llm_provider_manage
            gov_rule_manage gov_policy_manage mcp_server_manage organization_manage organization_read
            """),
    ];

    private const string IntegrationScopes = "api_list_view api_definition_view mcp_server_list_view";

    /// <summary>Scopes that only the administrator's role holds at first.</summary>
    public static IReadOnlySet<string> AdministratorsOnly { get; } =
        Grants.Where(grant => grant.Roles.Length == 0).SelectMany(grant => Split(grant.Scopes)).ToHashSet();

    /// <summary>Role names with their scopes; the administrator's role under the configured name.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Scopes)> All(string adminRole)
    {
        yield return (adminRole, [.. Grants.SelectMany(grant => Split(grant.Scopes))]);
        foreach (var role in (string[])[Creator, Publisher, Subscriber, DevOps, Analytics, Observer])
        {
            yield return (role, [.. Grants.Where(grant => grant.Roles.Contains(role)).SelectMany(grant => Split(grant.Scopes))]);
        }

        yield return (IntegrationDeveloper, [.. Split(IntegrationScopes)]);
        yield return (Everyone, []);
        yield return (Model.Role.PendingSignUp, []);
    }

    private static IEnumerable<string> Split(string scopes) =>
        scopes.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(scope => "apim:" + scope);
}
