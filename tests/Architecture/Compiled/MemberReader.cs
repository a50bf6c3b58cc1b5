using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Tollgate.Architecture.Compiled;

/// <summary>Resolves what an instruction names.</summary>
internal sealed class MemberReader(MetadataReader metadata)
{
    private readonly TypeNames _names = new(metadata);

    /// <summary>The member; for a type alone (a cast, an array) a use without a member name; null for anything else.</summary>
    public MemberUse? Use(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition => Of((MethodDefinitionHandle)handle),
        HandleKind.FieldDefinition => Of((FieldDefinitionHandle)handle),
        HandleKind.MemberReference => Of((MemberReferenceHandle)handle),
        HandleKind.MethodSpecification => Of((MethodSpecificationHandle)handle),
        HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification => Use(_names.Of(handle), "", [], []),
        _ => null,
    };

    private MemberUse Of(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return Use([_names.Name(method.GetDeclaringType())], method.Name, method.DecodeSignature(_names, null));
    }

    private MemberUse Of(FieldDefinitionHandle handle)
    {
        var field = metadata.GetFieldDefinition(handle);
        return Use([_names.Name(field.GetDeclaringType())], metadata.GetString(field.Name), [], field.DecodeSignature(_names, null));
    }

    private MemberUse Of(MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        var parent = member.Parent.Kind == HandleKind.MethodDefinition
            ? [_names.Name(metadata.GetMethodDefinition((MethodDefinitionHandle)member.Parent).GetDeclaringType())]
            : _names.Of(member.Parent);
        return member.GetKind() == MemberReferenceKind.Field
            ? Use(parent, metadata.GetString(member.Name), [], member.DecodeFieldSignature(_names, null))
            : Use(parent, member.Name, member.DecodeMethodSignature(_names, null));
    }

    private MemberUse? Of(MethodSpecificationHandle handle)
    {
        var method = metadata.GetMethodSpecification(handle);
        var arguments = method.DecodeSignature(_names, null).SelectMany(names => names);
        return Use(method.Method) is { } use ? use with { Mentions = [.. use.Mentions, .. arguments] } : null;
    }

    private MemberUse Use(ImmutableArray<string> owner, StringHandle name, MethodSignature<ImmutableArray<string>> signature) =>
        Use(owner, metadata.GetString(name), signature.ParameterTypes, signature.ReturnType);

    private static MemberUse Use(
        ImmutableArray<string> owner, string name, ImmutableArray<ImmutableArray<string>> parameters, ImmutableArray<string> result) =>
        new(
            owner.FirstOrDefault(""),
            name,
            [.. parameters.Select(names => names.FirstOrDefault(""))],
            [.. owner.Concat(parameters.SelectMany(names => names)).Concat(result).Distinct()]);
}
