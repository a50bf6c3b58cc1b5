using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>What becomes of an API's operations when its definition is replaced.</summary>
public sealed class DefinitionOperationsTests
{
    private static readonly Operation Old = new()
    {
        Target = "/dogs/{id}",
        Verb = "GET",
        AuthType = AuthTypes.ApplicationUser,
        ThrottlingPolicy = "10KPerMin",
        Scopes = ["read"],
        PayloadSchema = "kept",
    };

    private static readonly Operation New = new()
    {
        Target = "/dogs/{dogId}",
        Verb = "GET",
        AuthType = AuthTypes.None,
        ThrottlingPolicy = "20KPerMin",
        Scopes = ["write"],
    };

    [Fact]
    public void Merge_NothingStated_KeepsTheSettings() =>
        Assert.Equal([Old with { Target = "/dogs/{dogId}" }], Merge(new ImportedOperation(New, false, false, false)));

    [Fact]
    public void Merge_Stated_TakesTheNew()
    {
        Assert.Equal(AuthTypes.None, Merge(new ImportedOperation(New, true, false, false)).Single().AuthType);
        Assert.Equal("20KPerMin", Merge(new ImportedOperation(New, false, true, false)).Single().ThrottlingPolicy);
        Assert.Equal(["write"], Merge(new ImportedOperation(New, false, false, true)).Single().Scopes);
        Assert.Equal([New with { PayloadSchema = "kept" }], Merge(new ImportedOperation(New, true, true, true)));
    }

    [Fact]
    public void Merge_OtherVerbOrPath_IsNew()
    {
        var post = New with { Verb = "POST" };
        var cats = New with { Target = "/cats/{dogId}" };

        Assert.Equal([cats, post], Merge(new(cats, false, false, false), new(post, false, false, false)));
    }

    [Fact]
    public void Merge_ADocumentWithoutExtensions_KeepsWhatWasSetHere()
    {
        var first = Documents.Read(Documents.Kennel);
        var settings = first.Operations.Select(operation => operation with { AuthType = AuthTypes.None, Scopes = ["read"] }).ToList();

        Assert.Equivalent(settings, DefinitionOperations.Merge(Documents.Read(Documents.KennelYaml).Imported, settings), strict: true);
        Assert.Equivalent(first.Operations, DefinitionOperations.Merge(first.Imported, []), strict: true);
    }

    private static IReadOnlyList<Operation> Merge(params ImportedOperation[] imported) => DefinitionOperations.Merge(imported, [Old]);
}
