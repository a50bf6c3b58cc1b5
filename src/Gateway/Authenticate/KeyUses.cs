using System.Collections.Concurrent;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Authenticate;

/// <summary>API keys that were used, each noted once a minute at most, until they are reported.</summary>
internal sealed class KeyUses
{
    private const long PauseMilliseconds = 60_000;

    // While nobody takes reports; what does not fit is noted again a minute later.
    private const int Most = 10_000;

    private readonly ConcurrentQueue<TokenInfo> _used = new();

    public void Note(TokenInfo key, long now)
    {
        if (key.TryUse(now, PauseMilliseconds) && _used.Count < Most)
        {
            _used.Enqueue(key);
        }
    }

    /// <summary>Takes what was noted, the oldest first.</summary>
    public List<RuntimeKeyUse> Take(int most)
    {
        List<RuntimeKeyUse> uses = [];
        while (uses.Count < most && _used.TryDequeue(out var key))
        {
            uses.Add(new RuntimeKeyUse(key.SecretHash ?? key.TokenId!, key.UsedAt));
        }

        return uses;
    }
}
