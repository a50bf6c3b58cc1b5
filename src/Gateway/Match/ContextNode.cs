using System.Text;

namespace Tollgate.Gateway.Match;

/// <summary>A place in the trie of API contexts. Immutable once its edit is over; an edit copies only the nodes on its way.</summary>
internal sealed class ContextNode
{
    private readonly Dictionary<byte[], ContextNode> _children;
    private readonly Dictionary<byte[], ContextNode>.AlternateLookup<ReadOnlySpan<byte>> _child;

    // The edit that made this node may go on changing it in place; for everybody else it is frozen.
    private readonly object? _edit;

    public ContextNode()
        : this(new Dictionary<byte[], ContextNode>(BytesComparer.Whole), null, null)
    {
    }

    private ContextNode(Dictionary<byte[], ContextNode> children, ServedApi? api, object? edit)
    {
        _children = children;
        _child = children.GetAlternateLookup<ReadOnlySpan<byte>>();
        _edit = edit;
        Api = api;
    }

    public ServedApi? Api { get; private set; }

    /// <summary>The API with the longest context that the path starts with; <paramref name="rest"/> is what follows it.</summary>
    public ServedApi? Find(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> rest)
    {
        rest = path;
        ServedApi? found = null;
        var node = this;
        for (var remaining = path; ;)
        {
            if (node.Api is not null)
            {
                found = node.Api;
                rest = remaining;
            }

            if (remaining.IsEmpty)
            {
                return found;
            }

            var slash = remaining[1..].IndexOf((byte)'/');
            var segment = slash < 0 ? remaining[1..] : remaining.Slice(1, slash);
            if (!node._child.TryGetValue(segment, out var next))
            {
                return found;
            }

            node = next;
            remaining = slash < 0 ? default : remaining[(1 + slash)..];
        }
    }

    /// <summary>This trie with an API at a context, or without one.</summary>
    public ContextNode With(string context, ServedApi? api, object edit) => With(context[1..].Split('/'), 0, api, edit);

    private ContextNode With(string[] segments, int depth, ServedApi? api, object edit)
    {
        var node = ReferenceEquals(_edit, edit)
            ? this
            : new ContextNode(new Dictionary<byte[], ContextNode>(_children, BytesComparer.Whole), Api, edit);
        if (depth == segments.Length)
        {
            node.Api = api;
            return node;
        }

        var key = Encoding.ASCII.GetBytes(segments[depth]);
        var child = node._children.GetValueOrDefault(key, Empty).With(segments, depth + 1, api, edit);
        if (child is { Api: null, _children.Count: 0 })
        {
            node._children.Remove(key);
        }
        else
        {
            node._children[key] = child;
        }

        return node;
    }

    private static ContextNode Empty { get; } = new();
}
