using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Cors;
using Tollgate.Gateway.Match;
using Tollgate.Gateway.Throttle;

namespace Tollgate.Gateway;

/// <summary>A check of the pipeline: reads the request, notes what it found in the exchange, decides.</summary>
internal delegate Verdict Stage(in RequestView request, Exchange exchange);

/// <summary>
/// The checks of a call in their order, written once. What passes all of them is transformed, forwarded and recorded by the engine that
/// runs the pipeline (<see cref="Listen.GatewayApplication"/>).
/// </summary>
internal sealed class Pipeline(CorsStage cors, AuthenticateStage authenticate, AuthorizeStage authorize, ThrottleStage throttle)
{
    private readonly Stage[] _stages =
    [
        MatchStage.FindApi,
        cors.Run,
        MatchStage.FindOperation,
        authenticate.Run,
        authorize.Run,
        DenyStage.Run,
        // The last one: it alone counts.
        throttle.Run,
    ];

    /// <summary>Judges again, without counting, whether an open connection would be let in.</summary>
    public Verdict RunAgain(in RequestView request, Exchange exchange) => Run(request, exchange, _stages.Length - 1);

    /// <summary>Runs from the stage where the exchange stands; after a suspension that stage runs again.</summary>
    public Verdict Run(in RequestView request, Exchange exchange) => Run(request, exchange, _stages.Length);

    private Verdict Run(in RequestView request, Exchange exchange, int end)
    {
        for (; exchange.Stage < end; exchange.Stage++)
        {
            var verdict = _stages[exchange.Stage](request, exchange);
            if (verdict.Step != Step.Continue)
            {
                return verdict;
            }
        }

        return Verdict.Continue;
    }
}
