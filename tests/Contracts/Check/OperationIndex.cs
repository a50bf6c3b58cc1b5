namespace Tollgate.Contracts.Check;

/// <summary>Finds the operation of a path; where several templates fit, the one with the most literal segments.</summary>
public sealed class OperationIndex(Contract contract)
{
    private readonly ILookup<(string Method, int Segments), (Operation Operation, string[] Template)> _operations = contract.Operations.Values
        .Select(operation => (operation, Template: operation.Path.Split('/')))
        .ToLookup(each => (each.operation.Method, each.Template.Length), each => (each.operation, each.Template));

    public Contract Contract => contract;

    public Operation? Find(string method, string path)
    {
        var segments = path.Split('/');
        return (from each in _operations[(method, segments.Length)]
                where each.Template.Zip(segments).All(pair => IsParameter(pair.First) || pair.First == pair.Second)
                orderby each.Template.Count(IsParameter)
                select each.Operation).FirstOrDefault();
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
