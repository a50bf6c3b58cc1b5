using Tollgate.Contracts;
using Tollgate.Contracts.Extract;

// facts FOLDER TARGET: reads the published contracts in FOLDER and writes their facts to TARGET.
if (args is not ["facts", var folder, var target])
{
    await Console.Error.WriteLineAsync("usage: facts FOLDER TARGET");
    return 2;
}

foreach (var name in ContractFile.Names)
{
    var file = new[] { $"{name}-api.yaml", $"{name}.yaml" }.Select(each => Path.Combine(folder, each)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{folder} has neither {name}-api.yaml nor {name}.yaml");
    using var text = File.OpenText(file);
    await File.WriteAllTextAsync(Path.Combine(target, name + ".json"), ContractFile.Write(ContractReader.Read(text)));
}

return 0;
