using Tollgate.Model.Settings;

namespace Tollgate.DevPortal;

/// <summary>Settings of <c>[apim.devportal]</c>.</summary>
public sealed record DevPortalOptions
{
    [Setting("apim.devportal.enable_anonymous_mode", "Let everybody read the catalogue without signing in.")]
    public bool AnonymousMode { get; init; } = true;

    [Setting("apim.devportal.display_deprecated_apis", "Show deprecated APIs in the catalogue.")]
    public bool DisplayDeprecated { get; init; }
}
