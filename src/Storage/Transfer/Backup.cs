using System.IO.Compression;
using System.Security.Cryptography;
using Tollgate.Model;

namespace Tollgate.Storage.Transfer;

/// <summary>Backups: one file, whatever the product; and copies from one installation's databases to another's.</summary>
public sealed class Backup(TimeProvider time, string program, Action<string> progress)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes one consistent state of each database. The master key is not part of it.</summary>
    public async Task WriteAsync(DatabasePair source, string path, CancellationToken cancellation = default)
    {
        if (File.Exists(path))
        {
            throw new TransferException($"There is already a file {path}.");
        }

        // Under another name until it is whole. It holds password hashes.
        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using (var file = new FileStream(part, options))
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            List<BackupTable> tables = [];
            foreach (var area in TableList.Areas)
            {
                await DatabaseRows.Of(source, cancellation).Read(area, async rows =>
                {
                    foreach (var table in TableList.Of(source.Of(area).Dialect, area))
                    {
                        tables.Add(await WriteAsync(zip, area, table, rows(table)));
                        progress($"{table}: {tables[^1].Rows} rows");
                    }
                });
            }

            await using var last = zip.CreateEntry(BackupManifest.EntryName).Open();
            await last.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ModelJson.Write(new BackupManifest
            {
                Program = program,
                Product = source.Apim.Database.Dialect.Product,
                CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Schema = BackupManifest.SchemaOfThisProgram(),
                Tables = tables,
            })), cancellation);
        }

        File.Move(part, path);
    }

    /// <summary>Puts a backup into the target; the whole file is checked before anything is changed.</summary>
    public async Task RestoreAsync(string path, DatabasePair target, bool replace)
    {
        using var file = await BackupFile.OpenAsync(path);
        await new DatabaseFiller(target, time, progress).FillAsync(file.Source, replace);
    }

    /// <summary>Copies everything from one installation's databases to another's.</summary>
    public Task CopyAsync(DatabasePair source, DatabasePair target, bool replace, CancellationToken cancellation = default) =>
        new DatabaseFiller(target, time, progress).FillAsync(DatabaseRows.Of(source, cancellation), replace);

    private static async Task<BackupTable> WriteAsync(
        ZipArchive zip, string area, string table, IAsyncEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        var count = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = zip.CreateEntry($"{area}/{table}.ndjson", CompressionLevel.Fastest).Open();
        await foreach (var row in rows)
        {
            var line = BackupRow.Write(row);
            hash.AppendData(line);
            await entry.WriteAsync(line);
            count++;
        }

        return new BackupTable(area, table, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
