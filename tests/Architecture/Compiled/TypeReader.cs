using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace Tollgate.Architecture.Compiled;

/// <summary>Reads types with their methods.</summary>
internal sealed class TypeReader(MetadataReader metadata, MethodReader methods)
{
    private readonly TypeNames _names = new(metadata);

    public CompiledType Read(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var baseType = type.BaseType.IsNil ? [] : _names.Of(type.BaseType);
        var interfaces = type.GetInterfaceImplementations()
            .Select(implementation => _names.Of(metadata.GetInterfaceImplementation(implementation).Interface))
            .ToImmutableArray();
        var fields = type.GetFields().Select(field => metadata.GetFieldDefinition(field).DecodeSignature(_names, null));
        return new CompiledType(
            _names.Name(handle),
            metadata.GetString(Outermost(type).Namespace),
            type.Attributes,
            IsPublic(type),
            baseType.FirstOrDefault(),
            [.. interfaces.Select(names => names[0])],
            [.. interfaces.Concat(fields).Append(baseType).SelectMany(names => names).Distinct()],
            [.. type.GetMethods().Select(method => methods.Read(handle, method)).OfType<CompiledMethod>()]);
    }

    private TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.GetDeclaringType() is { IsNil: false } outer)
        {
            type = metadata.GetTypeDefinition(outer);
        }

        return type;
    }

    private bool IsPublic(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsPublic(metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };
}
