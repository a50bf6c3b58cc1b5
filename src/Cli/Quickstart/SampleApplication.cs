using System.Text.Json.Nodes;

namespace Tollgate.Cli.Quickstart;

/// <summary>Consumer key and secret of the sample application.</summary>
public sealed record SampleKeys(string ConsumerKey, string ConsumerSecret);

/// <summary>The developer's part of the story: an application that is subscribed and has keys.</summary>
internal sealed class SampleApplication(RestClient rest, QuickstartTarget target)
{
    private const string Name = "SampleApp";

    private string DevPortal => target.ManagementUrl + "/api/am/devportal/v3";

    public async Task<SampleKeys> EnsureAsync(string apiId)
    {
        var id = await FindOrCreateAsync();
        await SubscribeAsync(id, apiId);
        return await KeysAsync(id);
    }

    private async Task<string> FindOrCreateAsync()
    {
        var found = (await GetAsync($"/applications?query={Name}"))!["list"]!.AsArray();
        if (found.Count > 0)
        {
            return (string)found[0]!["applicationId"]!;
        }

        var created = await PostAsync("/applications", new JsonObject { ["name"] = Name, ["throttlingPolicy"] = "Unlimited" });
        return (string)created["applicationId"]!;
    }

    private async Task SubscribeAsync(string applicationId, string apiId)
    {
        var subscriptions = (await GetAsync($"/subscriptions?apiId={apiId}&applicationId={applicationId}"))!["list"]!.AsArray();
        if (subscriptions.Count == 0)
        {
            await PostAsync(
                "/subscriptions", new JsonObject { ["apiId"] = apiId, ["applicationId"] = applicationId, ["throttlingPolicy"] = "Gold" });
        }
    }

    // The secret can be read only once; so the quickstart keeps it, readable by its owner, and a later start finds the same keys.
    private async Task<SampleKeys> KeysAsync(string applicationId)
    {
        var existing = (await GetAsync($"/applications/{applicationId}/oauth-keys"))!["list"]!.AsArray()
            .FirstOrDefault(key => (string?)key!["keyType"] == "PRODUCTION");
        if (existing is not null && ReadKeys() is { } kept && kept.ConsumerKey == (string?)existing["consumerKey"])
        {
            return kept;
        }

        var made = existing is null
            ? await PostAsync(
                $"/applications/{applicationId}/generate-keys",
                new JsonObject { ["keyType"] = "PRODUCTION", ["grantTypesToBeSupported"] = new JsonArray("client_credentials", "password", "refresh_token") })
            : await PostAsync($"/applications/{applicationId}/oauth-keys/{(string)existing["keyMappingId"]!}/regenerate-secret", []);
        var keys = new SampleKeys((string)made["consumerKey"]!, (string)made["consumerSecret"]!);
        WriteKeys(keys);
        return keys;
    }

    private SampleKeys? ReadKeys()
    {
        if (!File.Exists(target.KeysFile))
        {
            return null;
        }

        var lines = File.ReadAllLines(target.KeysFile);
        return lines.Length == 2 ? new SampleKeys(lines[0], lines[1]) : null;
    }

    private void WriteKeys(SampleKeys keys)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(target.KeysFile, options);
        writer.WriteLine(keys.ConsumerKey);
        writer.WriteLine(keys.ConsumerSecret);
    }

    private Task<JsonNode?> GetAsync(string path) => rest.SendAsync(HttpMethod.Get, DevPortal + path, target.BearerToken);

    private async Task<JsonNode> PostAsync(string path, JsonObject body) =>
        (await rest.SendAsync(HttpMethod.Post, DevPortal + path, target.BearerToken, RestClient.Json(body)))!;
}
