using Tollgate.Contracts;
using Tollgate.Contracts.Coverage;
using Tollgate.Contracts.Extract;

switch (args)
{
    // Reads the published contracts in FOLDER and writes their facts to TARGET.
    case ["facts", var folder, var target]:
        foreach (var name in ContractFile.Names)
        {
            var file = new[] { $"{name}-api.yaml", $"{name}.yaml" }.Select(each => Path.Combine(folder, each)).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException($"{folder} has neither {name}-api.yaml nor {name}.yaml");
            using var text = File.OpenText(file);
            await File.WriteAllTextAsync(Path.Combine(target, name + ".json"), ContractFile.Write(ContractReader.Read(text)));
        }

        return 0;

    // Reads what "tollgate routes" prints and writes the coverage page.
    case ["coverage"]:
        Console.Write(CoveragePage.Of(await Console.In.ReadToEndAsync()).Render());
        return 0;

    default:
        await Console.Error.WriteLineAsync("usage: facts FOLDER TARGET, or: coverage < ROUTES");
        return 2;
}
