using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Version;

/// <summary>Makes a new version of an API from the working copy of another version.</summary>
internal sealed class CopyApi(ApiStore apis, VersionStore versions, TimeProvider time)
{
    public async Task<(Api Api, ApiContent Content)> RunAsync(Caller caller, Api original, string version, bool isDefault)
    {
        var now = time.GetUtcNow();
        var copy = original with
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Version = ApiName.CheckVersion(version),
            State = LifecycleState.Created,
            IsDefaultVersion = isDefault,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedBy = caller.UserName,
            RowVersion = 1,
        };
        var content = await apis.ContentAsync(original.Id);
        await versions.CreateAsync(copy, content, original.Id);
        return (copy, content);
    }
}
