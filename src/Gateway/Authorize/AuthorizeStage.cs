using Tollgate.Gateway.Throttle;
using Tollgate.Model;

namespace Tollgate.Gateway.Authorize;

/// <summary>Checks what the token may do: subscription, token type, scopes, and which endpoint its key type reaches.</summary>
internal sealed class AuthorizeStage(CounterTable counters)
{
    public Verdict Run(in RequestView _, Exchange exchange)
    {
        var api = exchange.Api!;
        if (exchange.Token is not { } token)
        {
            return SelectEndpoint(exchange, KeyType.Production);
        }

        var standing = exchange.Standing!;
        var binding = token.BindingTo(api, standing, counters);
        if (binding.Fault is not null)
        {
            return binding.Fault;
        }

        for (var operation = exchange.Operation; operation is not null; operation = operation.Also)
        {
            if (operation.WantsUser is { } wantsUser && wantsUser != token.IsUser)
            {
                return Faults.WrongTokenType;
            }

            if (operation.Scopes.Count > 0 && !HasAny(token.Scopes, operation.Scopes))
            {
                return Faults.ScopeMissing;
            }
        }

        exchange.Binding = binding;
        return SelectEndpoint(exchange, standing.KeyType);
    }

    private static Verdict SelectEndpoint(Exchange exchange, KeyType keyType)
    {
        var deployed = exchange.Api!.Deployed;
        var operation = exchange.Operation!;
        exchange.Endpoint = keyType == KeyType.Production
            ? operation.ProductionEndpoint ?? deployed.ProductionEndpoint
            : operation.SandboxEndpoint ?? deployed.SandboxEndpoint;
        return exchange.Endpoint is not null ? Verdict.Continue
            : keyType == KeyType.Production ? Faults.NoProductionEndpoint
            : Faults.NoSandboxEndpoint;
    }

    // Tokens and operations have a handful of scopes: nested loops beat a set and allocate nothing.
    private static bool HasAny(IReadOnlyList<string> held, IReadOnlyList<string> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            for (var j = 0; j < held.Count; j++)
            {
                if (string.Equals(held[j], wanted[i], StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
