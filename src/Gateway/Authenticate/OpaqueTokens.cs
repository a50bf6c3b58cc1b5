using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Loop;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Authenticate;

/// <summary>
/// Opaque access tokens, each asked about once when it is first seen, however many calls bring it at a time. What is not of our making is
/// refused without asking; what the key manager does not know is not asked about again for a while.
/// </summary>
internal sealed partial class OpaqueTokens(TokenQuestions questions, TokenCache cache, ILogger<OpaqueTokens> log)
{
    private const int MostAsked = 1000;
    private const int MostUnknown = 10_000;
    private const long UnknownSeconds = 60;

    private readonly ConcurrentDictionary<string, Task<Vouched>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _unknown = new(StringComparer.Ordinal);
    private volatile bool _isAway;

    /// <summary>Suspends the call until the key manager has answered; then says what came of it.</summary>
    public Verdict Find(ReadOnlySpan<byte> token, Exchange exchange, out TokenInfo? info)
    {
        info = exchange.Vouched?.Token;
        if (exchange.Vouched is { } vouched)
        {
            return vouched.Fault is { } fault ? fault : Verdict.Continue;
        }

        if (exchange.Snapshot.Secrets?.IsGenuine(OpaqueKind.AccessToken, token) != true)
        {
            return Faults.InvalidCredentials;
        }

        var hash = GeneratedSecret.Hash(token);
        var now = exchange.Now / 1000;
        if (_unknown.TryGetValue(hash, out var until) && now < until)
        {
            return Faults.InvalidCredentials;
        }

        if (_asked.Count >= MostAsked)
        {
            return Faults.KeyManagerAway;
        }

        exchange.Waiting = AnswerAsync(exchange, AskOnce(hash, token.ToArray(), now));
        return Verdict.Suspend;
    }

    private static async Task AnswerAsync(Exchange exchange, Task<Vouched> asked) => exchange.Vouched = await asked;

    private Task<Vouched> AskOnce(string hash, byte[] token, long now)
    {
        var own = new TaskCompletionSource<Vouched>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = _asked.GetOrAdd(hash, own.Task);
        if (asked == own.Task)
        {
            _ = OffLoop.RunAsync(
                static ask => ask.Tokens.AskAsync(ask.Hash, ask.Token, ask.Now, ask.Own), (Tokens: this, Hash: hash, Token: token, Now: now, Own: own));
        }

        return asked;
    }

    private async Task AskAsync(string hash, byte[] token, long now, TaskCompletionSource<Vouched> answer)
    {
        var vouched = await VouchedAsync(hash, token, now);
        // Kept before it is no longer asked about: whoever comes in between finds the one or the other.
        _asked.TryRemove(hash, out _);
        answer.SetResult(vouched);
    }

    private async Task<Vouched> VouchedAsync(string hash, byte[] token, long now)
    {
        // Another call may have ended its question between this one's two looks.
        if (cache.TryGet(token, out var kept))
        {
            return new Vouched(kept, null);
        }

        try
        {
            var known = await questions.AskAsync(hash);
            _isAway = false;
            return known is null ? Unknown(hash, now) : Keep(hash, token, known, now);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever it was: the calls that wait must get an answer.
            if (!_isAway)
            {
                _isAway = true;
                Away(log, error.Message);
            }

            return new Vouched(null, Faults.KeyManagerAway);
        }
    }

    private Vouched Keep(string hash, byte[] token, RuntimeToken known, long now)
    {
        var info = new TokenInfo
        {
            Kind = TokenKind.AccessToken,
            ExpiresAt = known.ExpiresAt,
            IssuedAt = known.IssuedAt,
            ConsumerKey = known.ConsumerKey,
            Subject = known.Subject,
            IsUser = known.IsUser,
            TokenId = hash,
            AuthorizationId = known.AuthorizationId,
            Scopes = known.Scopes,
            Audiences = [known.ConsumerKey],
        };
        cache.Add(token, info, now);
        return new Vouched(info, null);
    }

    private Vouched Unknown(string hash, long now)
    {
        if (_unknown.Count >= MostUnknown)
        {
            _unknown.Clear();
        }

        _unknown[hash] = now + UnknownSeconds;
        return new Vouched(null, Faults.InvalidCredentials);
    }

    [LoggerMessage(LogLevel.Warning, "The key manager cannot be asked about an opaque token: {Reason}. Tokens not seen before are refused meanwhile")]
    private static partial void Away(ILogger log, string reason);
}

/// <summary>What came of asking about a token.</summary>
internal sealed record Vouched(TokenInfo? Token, Fault? Fault);
