using Tollgate.DevPortal.Join;
using Tollgate.Model.Settings;

namespace Tollgate.DevPortal;

/// <summary>Settings of <c>[apim.devportal]</c>.</summary>
public sealed record DevPortalOptions
{
    [Setting("apim.devportal.enable_anonymous_mode", "Let everybody read the catalogue without signing in.")]
    public bool AnonymousMode { get; init; } = true;

    [Setting("apim.devportal.display_deprecated_apis", "Show deprecated APIs in the catalogue.")]
    public bool DisplayDeprecated { get; init; }

    [Setting("apim.devportal.display_multiple_versions", "Show every version of an API in the catalogue, not only the one created last.")]
    public bool DisplayMultipleVersions { get; init; }

    [Setting("apim.devportal.enable_application_sharing", "Let owners share applications with their groups.")]
    public bool ApplicationSharing { get; init; }

    [Setting("apim.devportal.org_wide_app_update", "Let the members of a group change an application that is shared with it.")]
    public bool GroupsMayUpdate { get; init; }

    [Setting("apim.devportal.application_attributes", "Attributes that every application has beside those of the contract.")]
    public IReadOnlyList<ApplicationAttribute> Attributes { get; init; } = [];

    [Setting("apim.enable_change_password", "Let people change their own passwords.")]
    public bool ChangePassword { get; init; } = true;

    [Setting("self_sign_up", "Accounts that visitors make for themselves.")]
    public SignUpOptions SignUp { get; init; } = new();

    /// <summary>Base URL of the management port whose key manager makes the tokens; the server fills it in.</summary>
    public string BaseUrl { get; init; } = "https://localhost:9443";
}

/// <summary>An attribute of applications, from <c>[[apim.devportal.application_attributes]]</c>.</summary>
public sealed record ApplicationAttribute
{
    [Setting("name", "Name, unique without regard to case.")]
    public string Name { get; init; } = "";

    [Setting("description", "What the attribute is for.")]
    public string Description { get; init; } = "";

    [Setting("tooltip", "Shown beside the field.")]
    public string Tooltip { get; init; } = "";

    [Setting("type", "Kind of the input field.")]
    public string Type { get; init; } = "text";

    [Setting("required", "Refuse applications without it, unless there is a default.")]
    public bool Required { get; init; }

    [Setting("hidden", "Set it to the default and show it to nobody in the portal.")]
    public bool Hidden { get; init; }

    [Setting("default", "The value of applications that do not give one.")]
    public string Default { get; init; } = "";
}
