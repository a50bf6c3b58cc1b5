using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Policies;

namespace Tollgate.DevPortal.Register;

/// <summary>The rules of an application, the same for create and update.</summary>
internal sealed class ApplicationRules(PolicyStore policies, ApplicationAttributes attributes, DevPortalOptions options, TimeProvider time)
{
    private const int MaxDescription = 512;

    public async Task<Application> CreateAsync(Caller caller, ApplicationResource wanted)
    {
        var now = time.GetUtcNow();
        return await CheckAsync(caller, wanted, new Application
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = caller.Organization,
            Name = "",
            Owner = caller.UserName,
            ThrottlingPolicy = "",
            CreatedAt = now.ToUnixTimeMilliseconds(),
            RowVersion = 1,
        });
    }

    public Task<Application> UpdateAsync(Caller caller, Application stored, ApplicationResource wanted) => CheckAsync(caller, wanted, stored);

    private async Task<Application> CheckAsync(Caller caller, ApplicationResource wanted, Application application)
    {
        if (wanted.Description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"The description has at most {MaxDescription} characters.").At("description");
        }

        if (wanted.TokenType is not ("JWT" or Application.OpaqueTokens))
        {
            throw Refusal.BadRequest($"tokenType is JWT, or {Application.OpaqueTokens} for opaque tokens.");
        }

        if (wanted.Visibility is not (null or "PRIVATE"))
        {
            throw Refusal.BadRequest("visibility is PRIVATE; share an application with groups instead.");
        }

        return application with
        {
            Name = Application.CheckName(wanted.Name),
            ThrottlingPolicy = await PolicyAsync(application.Organization, wanted.ThrottlingPolicy),
            Description = wanted.Description,
            TokenType = wanted.TokenType,
            Groups = Groups(caller, wanted.Groups, application.Groups),
            Attributes = attributes.Checked(wanted.Attributes),
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    // Nobody can push an application on people he has nothing to do with; a group that is there already may stay.
    private IReadOnlyList<string> Groups(Caller caller, IReadOnlyList<string> wanted, IReadOnlyList<string> stored)
    {
        if (wanted.Count > 0 && !options.ApplicationSharing)
        {
            throw Refusal.BadRequest("Applications are not shared here (apim.devportal.enable_application_sharing); leave groups empty.");
        }

        return wanted.FirstOrDefault(group => !caller.Groups.Concat(stored).Contains(group, StringComparer.OrdinalIgnoreCase)) is { } foreign
            ? throw Refusal.BadRequest($"You are not a member of the group '{foreign}'; share applications with your own groups.")
            : [.. wanted.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<string> PolicyAsync(string organization, string? name)
    {
        var found = name is null ? [] : await policies.NamedAsync(organization, PolicyKind.Application, [name]);
        return found.Count > 0
            ? found[0].Name
            : throw Refusal.BadRequest($"There is no application policy '{name}'; choose one from /throttling-policies/application.", 900305);
    }
}
