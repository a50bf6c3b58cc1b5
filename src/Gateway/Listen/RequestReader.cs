using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Match;

namespace Tollgate.Gateway.Listen;

/// <summary>Turns what Kestrel parsed into the span view that the stages read. Buffers are the request's: an idle connection has none.</summary>
internal sealed class RequestReader
{
    private const int FirstSize = 4096;
    private const int FirstLines = 64;

    private byte[] _bytes = [];
    private HeaderLine[] _lines = [];
    private bool _isKept;
    private int _used;
    private int _lineCount;
    private (int Start, int Length) _method;
    private (int Start, int Length) _path;
    private (int Start, int Length) _query;
    private (int Start, int Length) _host;

    /// <summary>Reads a request; a fault when its line or host is refused.</summary>
    public Fault? Read(IHttpRequestFeature request)
    {
        if (HeadRules.Check(request) is { } fault)
        {
            return fault;
        }

        Rent();
        _method = Put(request.Method);
        var target = PathOf(request.RawTarget);
        if (target.IsEmpty)
        {
            return Faults.BadRequest;
        }

        var raw = Put(target);
        Reserve(raw.Length);
        if (!CanonicalPath.TryWrite(_bytes.AsSpan(raw.Start, raw.Length), _bytes.AsSpan(_used), out var length))
        {
            return Faults.BadPath;
        }

        _path = (_used, length);
        _used += length;
        var question = request.RawTarget.IndexOf('?', StringComparison.Ordinal);
        _query = question < 0 ? default : Put(request.RawTarget.AsSpan(question + 1));
        if (!HeadRules.IsQuery(_bytes.AsSpan(_query.Start, _query.Length)) || !TryPut(request.Headers))
        {
            return Faults.BadRequest;
        }

        _host = PutHost(request.Headers.Host.Count == 1 ? request.Headers.Host[0]! : "");
        return null;
    }

    /// <summary>The view is read for longer than the request takes: its buffers are not given to another one.</summary>
    public void Keep() => _isKept = true;

    /// <summary>The request is over. Views of it are not valid any more.</summary>
    public void Release()
    {
        if (_bytes.Length == 0 || _isKept)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<HeaderLine>.Shared.Return(_lines);
        _bytes = [];
        _lines = [];
    }

    /// <summary>The view of the request that was read last.</summary>
    public RequestView View(IHttpRequestFeature request, Caller caller, long now, bool isOnWebSocketPort = false) => new()
    {
        Method = _bytes.AsSpan(_method.Start, _method.Length),
        Path = _bytes.AsSpan(_path.Start, _path.Length),
        Query = _bytes.AsSpan(_query.Start, _query.Length),
        Host = _bytes.AsSpan(_host.Start, _host.Length),
        Headers = new HeaderLines(_bytes, _lines.AsSpan(0, _lineCount)),
        IsHttps = request.Scheme.Length == 5,
        IsOnWebSocketPort = isOnWebSocketPort,
        ClientAddress = caller.Address,
        Proxy = caller.Proxy,
        ContentLength = request.Headers.ContentLength ?? 0,
        Now = now,
    };

    // origin-form as it is; of absolute-form the path (RFC 9112 section 3.2); nothing else names a resource of a gateway. Kestrel has compared
    // the authority with Host.
    private static ReadOnlySpan<char> PathOf(string target)
    {
        var text = target.AsSpan();
        if (!text.StartsWith('/'))
        {
            var authority = AuthorityAt(text);
            var end = authority < 0 ? -1 : text[authority..].IndexOfAny("/?#@");
            if (end < 0 || text[authority + end] != '/')
            {
                return default;
            }

            text = text[(authority + end)..];
        }

        var query = text.IndexOf('?');
        return query < 0 ? text : text[..query];
    }

    private static int AuthorityAt(ReadOnlySpan<char> target) =>
        target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length
        : target.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://".Length
        : -1;

    private (int Start, int Length) PutHost(string host)
    {
        var text = host.AsSpan();
        var colon = text.LastIndexOf(':');
        var at = Put(colon > text.LastIndexOf(']') ? text[..colon] : text);
        Ascii.ToLowerInPlace(_bytes.AsSpan(at.Start, at.Length), out _);
        return at;
    }

    private bool TryPut(IHeaderDictionary headers)
    {
        var start = _used;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                if (_lineCount == _lines.Length)
                {
                    Grow(ref _lines, _lines.Length * 2, _lineCount);
                }

                var (nameStart, nameLength) = Put(name);
                var (valueStart, valueLength) = Put(value);
                // Kestrel looks for blanks in names only.
                if (!HeaderSyntax.IsName(_bytes.AsSpan(nameStart, nameLength)))
                {
                    return false;
                }

                _lines[_lineCount++] = new HeaderLine(nameStart, nameLength, valueStart, valueLength);
            }
        }

        // All lines in one go: they stand side by side.
        return HeaderSyntax.IsValue(_bytes.AsSpan(start, _used - start));
    }

    // Kestrel decodes head bytes as Latin-1 here (see GatewayServer), so that every char is one byte again.
    private (int Start, int Length) Put(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        Encoding.Latin1.GetBytes(text, _bytes.AsSpan(_used));
        _used += text.Length;
        return (_used - text.Length, text.Length);
    }

    private void Reserve(int length)
    {
        if (_bytes.Length - _used < length)
        {
            Grow(ref _bytes, Math.Max(_bytes.Length * 2, _used + length), _used);
        }
    }

    private void Rent()
    {
        if (_bytes.Length == 0)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
            _lines = ArrayPool<HeaderLine>.Shared.Rent(FirstLines);
        }

        _used = 0;
        _lineCount = 0;
    }

    private static void Grow<T>(ref T[] items, int least, int used)
    {
        var larger = ArrayPool<T>.Shared.Rent(least);
        items.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
