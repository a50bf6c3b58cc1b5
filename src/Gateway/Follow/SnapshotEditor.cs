using System.Collections.Immutable;
using Tollgate.Gateway.Follow.Conditions;
using Tollgate.Gateway.Follow.Rules;
using Tollgate.Gateway.Match;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow;

/// <summary>Applies changes to a snapshot and makes the next one. Only what changed is built anew; the rest is shared.</summary>
internal sealed class SnapshotEditor
{
    private const int MostDeletedKeys = 10_000;

    private readonly GatewayOptions _options;
    private readonly Snapshot _base;
    private readonly ImmutableDictionary<string, RuntimeCredential>.Builder _credentials;
    private readonly ImmutableDictionary<string, RuntimeApiKey>.Builder _apiKeys;
    private readonly ImmutableDictionary<string, RuntimeApplication>.Builder _applications;
    private readonly ImmutableDictionary<(string, string), RuntimeSubscription>.Builder _subscriptions;
    private readonly ImmutableDictionary<(string, PolicyKind, string), RuntimePolicy>.Builder _policies;
    private readonly ImmutableDictionary<(string, string), IReadOnlyList<CallGroup>>.Builder _groups;
    private readonly ImmutableDictionary<(RevocationKind, string), Revocation>.Builder _revocations;
    private readonly ImmutableDictionary<string, RuntimeApi>.Builder _apis;
    private readonly ImmutableDictionary<string, ServedApi>.Builder _deployments;
    private readonly ImmutableDictionary<(RuntimeKind, string), Known>.Builder _things;
    private readonly ImmutableHashSet<string>.Builder _deletedKeys;
    private readonly ImmutableHashSet<string>.Builder _inactive;
    private readonly HashSet<string> _touchedApis = [];
    private bool _touchedDenyPolicies;
    private bool _touchedCustomPolicies;
    private readonly IssuerKeys _knownKeys;
    private IssuerKeys _keys;
    private OpaqueSecrets? _secrets;

    /// <param name="from">What the changes apply to; <see cref="Snapshot.Empty"/> for a full state.</param>
    /// <param name="knownKeys">Keys of the snapshot that is being served, see <see cref="IssuerKeys.With"/>.</param>
    /// <param name="options">Which environments this gateway serves.</param>
    public SnapshotEditor(Snapshot from, IssuerKeys knownKeys, GatewayOptions options)
    {
        _options = options;
        _knownKeys = knownKeys;
        _base = from;
        _credentials = from.Credentials.ToBuilder();
        _apiKeys = from.ApiKeys.ToBuilder();
        _secrets = from.Secrets;
        // Only to answer the holder of a deleted key without a wait; the oldest need not be remembered.
        _deletedKeys = from.DeletedKeys.Count < MostDeletedKeys ? from.DeletedKeys.ToBuilder() : ImmutableHashSet.CreateBuilder<string>();
        _applications = from.Applications.ToBuilder();
        _subscriptions = from.Subscriptions.ToBuilder();
        _policies = from.Policies.ToBuilder();
        _groups = from.Groups.ToBuilder();
        _revocations = from.Revocations.ToBuilder();
        _apis = from.Apis.ToBuilder();
        _deployments = from.Deployments.ToBuilder();
        _inactive = from.InactiveOrganizations.ToBuilder();
        _things = from.Things.ToBuilder();
        _keys = from.Keys;
    }

    public void Apply(RuntimeChange change)
    {
        var id = (change.Kind, change.Id);
        if (_things.TryGetValue(id, out var known))
        {
            Remove(known.Change);
            _things.Remove(id);
        }

        if (!change.Gone)
        {
            Put(change);
            _things[id] = new Known(change.Version, change);
        }
    }

    /// <summary>The next snapshot, at this version. Revocations whose tokens have all expired are dropped.</summary>
    public Snapshot Build(RuntimeCursor cursor, long nowSeconds)
    {
        foreach (var (_, revocation) in _base.Revocations)
        {
            if (revocation.ExpiresAt < nowSeconds && _revocations.Remove((revocation.Kind, revocation.Value)))
            {
                _things.Remove((RuntimeKind.Revocation, $"{EnumText<RevocationKind>.Of(revocation.Kind)}:{revocation.Value}"));
            }
        }

        return new Snapshot
        {
            Cursor = cursor,
            Routes = Routes(),
            Keys = _keys,
            Credentials = _credentials.ToImmutable(),
            ApiKeys = _apiKeys.ToImmutable(),
            Secrets = _secrets,
            DeletedKeys = _deletedKeys.ToImmutable(),
            Applications = _applications.ToImmutable(),
            Subscriptions = _subscriptions.ToImmutable(),
            Policies = _policies.ToImmutable(),
            Groups = _groups.ToImmutable(),
            Revocations = _revocations.ToImmutable(),
            InactiveOrganizations = _inactive.ToImmutable(),
            DenyPolicies = DenyPolicies(),
            CustomPolicies = CustomPolicies(),
            Apis = _apis.ToImmutable(),
            Deployments = _deployments.ToImmutable(),
            Things = _things.ToImmutable(),
        };
    }

    private void Put(RuntimeChange change)
    {
        switch (change)
        {
            case { Credential: { } credential }:
                _credentials[credential.ConsumerKey] = credential;
                _deletedKeys.Remove(credential.ConsumerKey);
                break;
            case { ApiKey: { } key }:
                _apiKeys[key.Hash] = key;
                _deletedKeys.Remove(key.Hash);
                break;
            case { SecretCheck: { } check }:
                _secrets = new OpaqueSecrets(check.Key);
                break;
            case { Application: { } application }:
                _applications[application.Id] = application;
                break;
            case { Subscription: { } subscription }:
                _subscriptions[(subscription.ApplicationId, subscription.ApiId)] = subscription;
                break;
            case { Policy: { } policy }:
                Put(policy);
                break;
            case { Revocation: { } revocation }:
                _revocations[(revocation.Kind, revocation.Value)] = revocation;
                break;
            case { Organization.Active: false }:
                _inactive.Add(change.Id);
                break;
            case { DenyPolicy: not null }:
                _touchedDenyPolicies = true;
                break;
            case { SigningKey: { } key }:
                _keys = _keys.With(key.KeyId, key, _knownKeys);
                break;
            case { Api: { } api }:
                _apis[api.Id] = api;
                _touchedApis.Add(api.Id);
                break;
            case { Deployment: { } deployment } when _options.Serves(deployment.Environment):
                _deployments[change.Id] = new ServedApi(deployment, LifecycleState.Created, Operations(deployment));
                _touchedApis.Add(deployment.ApiId);
                break;
        }
    }

    // What changes while calls are served is built here, off their way; of a whole state, what is called is.
    private OperationTree? Operations(DeployedApi deployment) => ReferenceEquals(_base, Snapshot.Empty) ? null : OperationTree.Build(deployment);

    private void Put(RuntimePolicy followed)
    {
        var policy = followed.Enforced();
        _policies[(policy.Organization, policy.Kind, policy.Name)] = policy;
        _touchedCustomPolicies |= policy.Kind == PolicyKind.Custom;
        if (policy.Kind == PolicyKind.Advanced && policy.Groups.Count > 0)
        {
            _groups[(policy.Organization, policy.Name)] = [.. policy.Groups.Select(group => new CallGroup(group))];
        }
    }

    private void Remove(RuntimeChange change)
    {
        switch (change)
        {
            case { Credential: { } credential }:
                _credentials.Remove(credential.ConsumerKey);
                _deletedKeys.Add(credential.ConsumerKey);
                break;
            case { ApiKey: { } key }:
                _apiKeys.Remove(key.Hash);
                _deletedKeys.Add(key.Hash);
                break;
            case { Application: { } application }:
                _applications.Remove(application.Id);
                break;
            case { Subscription: { } subscription }:
                RemoveSubscription(subscription);
                break;
            case { Policy: { } policy }:
                Remove(policy);
                break;
            case { Revocation: { } revocation }:
                _revocations.Remove((revocation.Kind, revocation.Value));
                break;
            case { Organization: not null }:
                _inactive.Remove(change.Id);
                break;
            case { DenyPolicy: not null }:
                _touchedDenyPolicies = true;
                break;
            case { SigningKey: { } key }:
                _keys = _keys.With(key.KeyId, null, _knownKeys);
                break;
            case { Api: { } api }:
                _apis.Remove(api.Id);
                _touchedApis.Add(api.Id);
                break;
            case { Deployment: { } deployment }:
                _deployments.Remove(change.Id);
                _touchedApis.Add(deployment.ApiId);
                break;
        }
    }

    private void Remove(RuntimePolicy policy)
    {
        _policies.Remove((policy.Organization, policy.Kind, policy.Name));
        _touchedCustomPolicies |= policy.Kind == PolicyKind.Custom;
        if (policy.Kind == PolicyKind.Advanced)
        {
            _groups.Remove((policy.Organization, policy.Name));
        }
    }

    // An application that unsubscribed and subscribed again has a new row under the same key: only the row that is named goes.
    private void RemoveSubscription(RuntimeSubscription subscription)
    {
        var key = (subscription.ApplicationId, subscription.ApiId);
        if (_subscriptions.TryGetValue(key, out var current) && current.Id == subscription.Id)
        {
            _subscriptions.Remove(key);
        }
    }

    // Deny policies are few and change rarely: the table is made anew from all of them.
    private DenyTable DenyPolicies() => !_touchedDenyPolicies
        ? _base.DenyPolicies
        : DenyTable.Of(_things.Values.Select(known => known.Change.DenyPolicy).OfType<RuntimeDenyPolicy>());

    private CustomPolicyTable CustomPolicies() => !_touchedCustomPolicies
        ? _base.CustomPolicies
        : CustomPolicyTable.Of(_policies.ToImmutable().Values.Where(policy => policy.Kind == PolicyKind.Custom));

    // Takes the routes of touched APIs out and puts them back as they are now; the edit token lets this run change its own copies in place.
    private RouteTable Routes()
    {
        if (_touchedApis.Count == 0)
        {
            return _base.Routes;
        }

        var edit = new object();
        var routes = _base.Routes;
        foreach (var (_, served) in _base.Deployments)
        {
            if (_touchedApis.Contains(served.Deployed.ApiId))
            {
                routes = Route(routes, served.Deployed, null, edit);
            }
        }

        foreach (var (id, served) in _deployments.ToImmutable())
        {
            if (_touchedApis.Contains(served.Deployed.ApiId))
            {
                var current = served.In(_apis.TryGetValue(served.Deployed.ApiId, out var api) ? api.State : LifecycleState.Created);
                _deployments[id] = current;
                routes = Route(routes, current.Deployed, current, edit);
            }
        }

        return routes;
    }

    private RouteTable Route(RouteTable routes, DeployedApi deployed, ServedApi? served, object edit)
    {
        routes = routes.With(deployed.Host, deployed.Context, served, edit);
        if (deployed.UnversionedContext is not { } path)
        {
            return routes;
        }

        var isDefault = served is null
            ? _base.Apis.TryGetValue(deployed.ApiId, out var before) && before.IsDefaultVersion
            : _apis.TryGetValue(deployed.ApiId, out var now) && now.IsDefaultVersion;
        return isDefault ? routes.With(deployed.Host, path, served, edit) : routes;
    }
}
