using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Workflows;

namespace Tollgate.DevPortal.Keys;

/// <summary>Gives keys, or asks for them where the organization wants an approval, and lists both.</summary>
internal sealed class KeyApprovals(ApprovalRequests approvals, KeyRequests requests, WorkflowStore workflows, CredentialStore credentials)
{
    /// <summary>The keys as they are now; without consumer key and secret while they wait. Once approved, the owner regenerates the secret.</summary>
    public async Task<KeyResource> CreateAsync(Caller caller, Application application, Credential credential, string? secret)
    {
        var keyType = EnumText<KeyType>.Of(credential.KeyType);
        var task = await approvals.ForAsync(
            caller, WorkflowTypes.OfKeys(credential.KeyType), application.Id, $"Approve {keyType} keys for the application [{application.Name}]",
            ("applicationName", application.Name), ("tier", application.ThrottlingPolicy), ("keyType", keyType), ("callback", credential.CallbackUrl),
            ("grantTypes", string.Join(' ', credential.GrantTypes)));
        if (task is null)
        {
            await credentials.CreateAsync(credential);
            return KeyResource.Of(credential, secret);
        }

        if ((await credentials.ListAsync(application.Id)).Any(other => other.KeyType == credential.KeyType && other.KeyManager == credential.KeyManager))
        {
            throw Refusal.Conflict(409, "Keys exist", $"The application already has {keyType} keys. Regenerate the secret instead.");
        }

        await workflows.RequestAsync(task with { ApplicationId = application.Id, Payload = ModelJson.Write(credential) });
        return KeyResource.Waiting(credential, WorkflowTask.Created);
    }

    /// <summary>An application's keys, and those that wait or were rejected.</summary>
    public async Task<IReadOnlyList<KeyResource>> ListAsync(Application application)
    {
        var present = await credentials.ListAsync(application.Id);
        return
        [
            .. present.Select(credential => KeyResource.Of(credential)),
            .. (await requests.ListAsync(application.Id)).Where(request => present.All(one => one.KeyType != request.Credential.KeyType))
                .Select(request => KeyResource.Waiting(request.Credential, request.Status)),
        ];
    }

    /// <summary>Takes requested keys back; false when the path names none.</summary>
    public async Task<bool> WithdrawAsync(Application application, Func<Credential, bool> isNamed) =>
        (await requests.ListAsync(application.Id)).FirstOrDefault(request => isNamed(request.Credential)) is { Credential: { } credential }
        && await requests.RemoveAsync(credential);
}
