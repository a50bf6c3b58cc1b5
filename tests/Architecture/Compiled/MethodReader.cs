using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Tollgate.Architecture.Compiled;

/// <summary>Reads method bodies: what they name, and where they stand.</summary>
internal sealed class MethodReader(PEReader image, MetadataReader metadata, LineReader lines)
{
    private readonly TypeNames _names = new(metadata);
    private readonly MemberReader _members = new(metadata);

    /// <summary>Null for a method without a body.</summary>
    public CompiledMethod? Read(TypeDefinitionHandle owner, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        if (method.RelativeVirtualAddress == 0)
        {
            return null;
        }

        var (type, name) = (_names.Name(owner), metadata.GetString(method.Name));
        var signature = method.DecodeSignature(_names, null);
        var body = image.GetMethodBody(method.RelativeVirtualAddress);
        var instructions = Instruction.Read(body.GetILReader());
        var named = instructions.Where(instruction => instruction.Token != 0).ToLookup(instruction => instruction.Code == ILOpCode.Ldstr);
        var uses = named[false].Select(instruction => _members.Use(MetadataTokens.EntityHandle(instruction.Token)))
            .OfType<MemberUse>()
            .ToImmutableArray();
        return new CompiledMethod(
            SourceNames.Type(type),
            SourceNames.Method(type, name),
            type,
            lines.Of(handle, instructions),
            signature.ReturnType is ["System.Void"] && IsAsync(method),
            uses,
            [.. named[true].Select(instruction => metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(instruction.Token)))],
            [
                .. signature.ParameterTypes.Add(signature.ReturnType).Concat(Locals(body)).Concat(Caught(body))
                    .Concat(uses.Select(use => use.Mentions)).SelectMany(names => names).Distinct(),
            ]);
    }

    private bool IsAsync(MethodDefinition method) => method.GetCustomAttributes()
        .Select(handle => metadata.GetCustomAttribute(handle).Constructor)
        .Any(constructor => _members.Use(constructor)?.Type == "System.Runtime.CompilerServices.AsyncStateMachineAttribute");

    private ImmutableArray<ImmutableArray<string>> Locals(MethodBodyBlock body) =>
        body.LocalSignature.IsNil ? [] : metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null);

    private IEnumerable<ImmutableArray<string>> Caught(MethodBodyBlock body) =>
        body.ExceptionRegions.Where(region => !region.CatchType.IsNil).Select(region => _names.Of(region.CatchType));
}
