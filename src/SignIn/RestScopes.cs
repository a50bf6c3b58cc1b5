namespace Tollgate.SignIn;

/// <summary>Scopes of the management REST APIs.</summary>
public static class RestScopes
{
    public const string ApiView = "apim:api_view";
    public const string ApiCreate = "apim:api_create";
    public const string ApiDelete = "apim:api_delete";
    public const string ApiPublish = "apim:api_publish";
    public const string ApiManage = "apim:api_manage";
    public const string ApiListView = "apim:api_list_view";
    public const string ApiDefinitionView = "apim:api_definition_view";
    public const string DocumentCreate = "apim:document_create";
    public const string DocumentManage = "apim:document_manage";
    public const string CommentView = "apim:comment_view";
    public const string CommentWrite = "apim:comment_write";
    public const string CommentManage = "apim:comment_manage";
    public const string SubscriptionView = "apim:subscription_view";
    public const string SubscriptionsManage = "apim:subscription_manage";
    public const string SubscriptionBlock = "apim:subscription_block";
    public const string ApiImportExport = "apim:api_import_export";
    public const string ApiProductImportExport = "apim:api_product_import_export";
    public const string ClientCertificatesView = "apim:client_certificates_view";
    public const string ClientCertificatesAdd = "apim:client_certificates_add";
    public const string ClientCertificatesUpdate = "apim:client_certificates_update";
    public const string ClientCertificatesManage = "apim:client_certificates_manage";
    public const string EndpointCertificatesView = "apim:ep_certificates_view";
    public const string EndpointCertificatesAdd = "apim:ep_certificates_add";
    public const string EndpointCertificatesUpdate = "apim:ep_certificates_update";
    public const string EndpointCertificatesManage = "apim:ep_certificates_manage";
    public const string LabelManage = "apim:label_manage";
    public const string LabelRead = "apim:label_read";
    public const string PublisherSettings = "apim:publisher_settings";
    public const string PlanView = "apim:tier_view";
    public const string PlanManage = "apim:tier_manage";
    public const string Subscribe = "apim:subscribe";
    public const string ApplicationManage = "apim:app_manage";
    public const string ApplicationImportExport = "apim:app_import_export";
    public const string ApiKey = "apim:api_key";
    public const string SubscriptionManage = "apim:sub_manage";
    public const string PortalSettings = "apim:store_settings";
    public const string PoliciesImportExport = "apim:policies_import_export";
    public const string Admin = "apim:admin";
    public const string AdminSettings = "apim:admin_settings";
    public const string AdminPlanView = "apim:admin_tier_view";
    public const string AdminPlanManage = "apim:admin_tier_manage";
    public const string RoleManage = "apim:role_manage";
    public const string ClientRegister = "apim:dcr:app_manage";
    public const string SharedScopeManage = "apim:shared_scope_manage";
    public const string ScopeManage = "apim:scope_manage";
}
