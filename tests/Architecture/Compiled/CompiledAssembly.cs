using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Compiled;

/// <summary>What the rules need to know of an assembly.</summary>
/// <param name="Name">The name as the tables write it: without the leading <c>Tollgate.</c></param>
/// <param name="References">Assemblies of the program that it is compiled against, named the same way.</param>
/// <param name="Types">All its types, generated ones included.</param>
internal sealed record CompiledAssembly(string Name, ImmutableArray<string> References, ImmutableArray<CompiledType> Types)
{
    public IEnumerable<CompiledMethod> Methods => Types.SelectMany(type => type.Methods);

    /// <summary>Reads an assembly and the symbols beside it.</summary>
    public static CompiledAssembly Load(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        var metadata = image.GetMetadataReader();
        var reader = new TypeReader(metadata, new MethodReader(image, metadata, new LineReader(metadata, symbols.GetMetadataReader())));
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        return new CompiledAssembly(
            NameOf(metadata.GetString(metadata.GetAssemblyDefinition().Name)),
            [.. references.Where(name => name.StartsWith("tollgate", StringComparison.OrdinalIgnoreCase)).Select(NameOf)],
            [.. metadata.TypeDefinitions.Select(reader.Read)]);
    }

    // The executable's assembly is written small, like the command.
    private static string NameOf(string assembly) => assembly == "tollgate" ? "Tollgate" : ProjectFile.ShortName(assembly);
}
