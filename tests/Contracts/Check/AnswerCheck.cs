using System.Text.Json;

namespace Tollgate.Contracts.Check;

/// <summary>Holds an answer of a node against the published contract of its path, if there is one.</summary>
public static class AnswerCheck
{
    private const string Json = "application/json";

    private static readonly Dictionary<string, OperationIndex> Indexes =
        ContractFile.All.Values.ToDictionary(contract => contract.Base, contract => new OperationIndex(contract));

    /// <summary>What is wrong with an answer; nothing for paths that no contract has.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Of the request, without its query.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="mediaType">Of the answer's body; null for none.</param>
    /// <param name="body">The answer's body.</param>
    public static IReadOnlyList<string> Problems(string method, string path, int status, string? mediaType, string body)
    {
        path = WithoutOrganization(path);
        var (prefix, index) = Indexes.FirstOrDefault(pair => path.StartsWith(pair.Key + "/", StringComparison.Ordinal));
        if (index is null || index.Find(method, path[prefix.Length..]) is not { } operation)
        {
            return [];
        }

        var place = $"{method} {prefix}{operation.Path} {status}";
        return [.. ProblemsOf(index.Contract, operation, status, mediaType, body, place).Select(problem => $"{place}: {problem}")];
    }

    private static IEnumerable<string> ProblemsOf(
        Contract contract, Operation operation, int status, string? mediaType, string body, string place)
    {
        var type = Extensions.Answers.TryGetValue(place, out var own) ? own.Type
            : status >= 400 ? "#Error"
            : operation.Answers.GetValueOrDefault(status);
        if (type is null)
        {
            return [$"the contract has {string.Join(", ", operation.Answers.Keys.Order())} here"];
        }

        if (type == "*")
        {
            return [];
        }

        if (body.Length == 0)
        {
            return type.Length == 0 || status >= 400 ? [] : ["the body is empty"];
        }

        if (type.Length == 0)
        {
            return ["the contract has no body here"];
        }

        if (mediaType != Json)
        {
            return [$"the body is {mediaType ?? "of no type"}"];
        }

        using var document = JsonDocument.Parse(body);
        return new BodyCheck(contract.Schemas, field => Extensions.Fields.ContainsKey($"{contract.Base} {field}")).Problems(document.RootElement, type);
    }

    // Other organizations are addressed by a prefix.
    private static string WithoutOrganization(string path) =>
        path.StartsWith("/t/", StringComparison.Ordinal) && path.IndexOf('/', 3) is > 0 and var end ? path[end..] : path;
}
