using System.Collections.Concurrent;
using Tollgate.Gateway.Match;

namespace Tollgate.Gateway.Authenticate;

/// <summary>Verified tokens by their text, bounded. A hit costs one hash of 32 bytes and one compare.</summary>
internal sealed class TokenCache
{
    private const int HashedTail = 32;

    private readonly ConcurrentDictionary<byte[], TokenInfo> _tokens = new(new BytesComparer(HashedTail));
    private readonly ConcurrentDictionary<byte[], TokenInfo>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly int _capacity;
    private int _count;

    public TokenCache(GatewayOptions options)
    {
        _capacity = options.TokenCacheSize;
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public bool TryGet(ReadOnlySpan<byte> token, out TokenInfo? info) => _lookup.TryGetValue(token, out info);

    public void Add(ReadOnlySpan<byte> token, TokenInfo info, long nowSeconds)
    {
        if (!_tokens.TryAdd(info.Text ?? token.ToArray(), info) || Interlocked.Increment(ref _count) <= _capacity)
        {
            return;
        }

        Shrink(nowSeconds);
    }

    // Rare and off the hit path: expired tokens go first; if that is not enough, a quarter goes, whichever stands first in the table.
    private void Shrink(long nowSeconds)
    {
        foreach (var (token, info) in _tokens)
        {
            if (info.ExpiresAt <= nowSeconds)
            {
                Remove(token);
            }
        }

        var excess = Volatile.Read(ref _count) - (_capacity * 3 / 4);
        foreach (var (token, _) in _tokens)
        {
            if (excess-- <= 0)
            {
                return;
            }

            Remove(token);
        }
    }

    private void Remove(byte[] token)
    {
        if (_tokens.TryRemove(token, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
