using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Policies;

namespace Tollgate.DevPortal.Register;

/// <summary>The rules of an application, the same for create and update.</summary>
internal sealed class ApplicationRules(PolicyStore policies, TimeProvider time)
{
    private const int MaxDescription = 512;
    private const int MaxAttributes = 50;

    public async Task<Application> CreateAsync(Caller caller, ApplicationResource wanted)
    {
        var now = time.GetUtcNow();
        return await CheckAsync(wanted, new Application
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

    public Task<Application> UpdateAsync(Application stored, ApplicationResource wanted) => CheckAsync(wanted, stored);

    private async Task<Application> CheckAsync(ApplicationResource wanted, Application application)
    {
        if (wanted.Description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"The description has at most {MaxDescription} characters.");
        }

        if (wanted.TokenType is not ("JWT" or Application.OpaqueTokens))
        {
            throw Refusal.BadRequest($"tokenType is JWT, or {Application.OpaqueTokens} for opaque tokens.");
        }

        if (wanted.Groups.Count > 0 || wanted.Visibility is not (null or "PRIVATE"))
        {
            throw Refusal.BadRequest("Sharing applications is not available in this version; leave groups empty and visibility PRIVATE.");
        }

        if (wanted.Attributes.Count > MaxAttributes || wanted.Attributes.Any(pair => pair.Key.Length > 100 || pair.Value.Length > 1000))
        {
            throw Refusal.BadRequest($"An application has at most {MaxAttributes} attributes, with names of 100 and values of 1000 characters.");
        }

        return application with
        {
            Name = Application.CheckName(wanted.Name),
            ThrottlingPolicy = await PolicyAsync(application.Organization, wanted.ThrottlingPolicy),
            Description = wanted.Description,
            TokenType = wanted.TokenType,
            Attributes = wanted.Attributes,
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    private async Task<string> PolicyAsync(string organization, string? name)
    {
        var found = name is null ? [] : await policies.NamedAsync(organization, PolicyKind.Application, [name]);
        return found.Count > 0
            ? found[0].Name
            : throw Refusal.BadRequest($"There is no application policy '{name}'; choose one from /throttling-policies/application.", 900305);
    }
}
