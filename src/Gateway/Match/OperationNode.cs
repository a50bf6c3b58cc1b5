using System.Text;
using Tollgate.Model;

namespace Tollgate.Gateway.Match;

/// <summary>A place in the operation trie: what stands under it per kind of segment.</summary>
internal sealed class OperationNode
{
    private readonly ServedOperation?[] _here = new ServedOperation?[Verb.Count];
    private readonly ServedOperation?[] _wildcard = new ServedOperation?[Verb.Count];
    private readonly List<(SegmentPattern Pattern, OperationNode Node)> _patterns = [];
    private Dictionary<byte[], OperationNode>? _literals;
    private Dictionary<byte[], OperationNode>.AlternateLookup<ReadOnlySpan<byte>> _literal;
    private OperationNode? _parameter;

    public void Add(UriTemplate template, int verb, ServedOperation operation)
    {
        var node = this;
        foreach (var segment in template.Segments)
        {
            node = node.Child(segment);
        }

        (template.EndsWithWildcard ? node._wildcard : node._here)[verb] = operation;
    }

    /// <summary>Finds the operation for a path that starts with the slash of its next segment; an empty path ends here.</summary>
    public ServedOperation? Find(ReadOnlySpan<byte> path, int verb)
    {
        if (path.IsEmpty)
        {
            // A wildcard also stands for nothing: /x matches /x/*.
            return _here[verb] ?? _wildcard[verb];
        }

        var rest = path[1..];
        var slash = rest.IndexOf((byte)'/');
        var segment = slash < 0 ? rest : rest[..slash];
        var next = slash < 0 ? default : rest[slash..];
        if (_literals is not null && _literal.TryGetValue(segment, out var literal) && literal.Find(next, verb) is { } exact)
        {
            return exact;
        }

        foreach (var (pattern, node) in _patterns)
        {
            if (pattern.Matches(segment) && node.Find(next, verb) is { } found)
            {
                return found;
            }
        }

        return (segment.IsEmpty ? null : _parameter?.Find(next, verb)) ?? _wildcard[verb];
    }

    private OperationNode Child(TemplateSegment segment)
    {
        if (segment.IsLiteral)
        {
            _literals ??= new Dictionary<byte[], OperationNode>(BytesComparer.Whole);
            _literal = _literals.GetAlternateLookup<ReadOnlySpan<byte>>();
            var key = Encoding.ASCII.GetBytes(segment.Literals[0]);
            return _literals.TryGetValue(key, out var known) ? known : _literals[key] = new OperationNode();
        }

        if (segment.IsParameter)
        {
            return _parameter ??= new OperationNode();
        }

        var pattern = new SegmentPattern(segment);
        foreach (var (other, node) in _patterns)
        {
            if (other.Shape == pattern.Shape)
            {
                return node;
            }
        }

        _patterns.Add((pattern, new OperationNode()));
        return _patterns[^1].Node;
    }
}
