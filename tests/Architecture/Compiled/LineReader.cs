using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Compiled;

/// <summary>Finds the lines of a method body by the sequence points of its symbols.</summary>
internal sealed class LineReader(MetadataReader metadata, MetadataReader symbols)
{
    private readonly Dictionary<DocumentHandle, string?> _paths = [];

    /// <summary>Null for a body that stands in no source file of the repository.</summary>
    public LineSpan? Of(MethodDefinitionHandle handle, List<Instruction> instructions)
    {
        var begin = BodyBegin(handle, instructions);
        var points = symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints()
            .Where(point => !point.IsHidden && point.Offset >= begin)
            .Select(point => (Path: PathOf(point.Document), point.StartLine, point.EndLine))
            .Where(point => point.Path is not null)
            .ToList();
        return points.Count == 0
            ? null
            : new LineSpan(points[0].Path!, points.Min(point => point.StartLine), points.Max(point => point.EndLine));
    }

    // Initializers of fields are compiled into the constructor, before its call of another one; they are no lines of its body.
    private int BodyBegin(MethodDefinitionHandle handle, List<Instruction> instructions)
    {
        var method = metadata.GetMethodDefinition(handle);
        if (metadata.GetString(method.Name) != ".ctor")
        {
            return 0;
        }

        var type = method.GetDeclaringType();
        var chained = instructions.FindIndex(instruction => instruction.Code == ILOpCode.Call && IsConstructorOf(instruction.Token, type));
        if (chained < 0)
        {
            return 0;
        }

        return symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints()
            .Where(point => !point.IsHidden && point.Offset <= instructions[chained].Offset)
            .Max(point => (int?)point.Offset) ?? 0;
    }

    // A constructor of the type itself, or of its base.
    private bool IsConstructorOf(int token, TypeDefinitionHandle type)
    {
        var (name, owner) = MetadataTokens.EntityHandle(token) switch
        {
            { Kind: HandleKind.MethodDefinition } handle => NameAndOwner(metadata.GetMethodDefinition((MethodDefinitionHandle)handle)),
            { Kind: HandleKind.MemberReference } handle => NameAndOwner(metadata.GetMemberReference((MemberReferenceHandle)handle)),
            _ => default,
        };
        return !name.IsNil && metadata.StringComparer.Equals(name, ".ctor")
            && (owner == type || owner == metadata.GetTypeDefinition(type).BaseType);
    }

    private static (StringHandle Name, EntityHandle Owner) NameAndOwner(MethodDefinition method) =>
        (method.Name, method.GetDeclaringType());

    private static (StringHandle Name, EntityHandle Owner) NameAndOwner(MemberReference member) => (member.Name, member.Parent);

    private string? PathOf(DocumentHandle handle)
    {
        if (!_paths.TryGetValue(handle, out var path))
        {
            path = Repository.PathOf(symbols.GetString(symbols.GetDocument(handle).Name));
            _paths.Add(handle, path);
        }

        return path;
    }
}
