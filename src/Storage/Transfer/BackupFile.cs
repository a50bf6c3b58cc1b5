using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.Storage.Transfer;

/// <summary>A backup file that was found whole.</summary>
internal sealed class BackupFile : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly BackupManifest _manifest;

    private BackupFile(ZipArchive zip, BackupManifest manifest)
    {
        _zip = zip;
        _manifest = manifest;
    }

    public RowSource Source => new((area, work) => work(table => ReadAsync(area, table)));

    /// <summary>Opens a backup; refuses one that is damaged, of another form or of another schema.</summary>
    public static async Task<BackupFile> OpenAsync(string path)
    {
        ZipArchive? zip = null;
        try
        {
            zip = await ZipFile.OpenReadAsync(path);
            using var text = new StreamReader((zip.GetEntry(BackupManifest.EntryName) ?? throw new InvalidDataException("it has no manifest")).Open());
            var file = new BackupFile(zip, ModelJson.Read<BackupManifest>(await text.ReadToEndAsync()));
            file.RefuseForeign();
            await file.RefuseDamagedAsync();
            return file;
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or IOException or UnauthorizedAccessException)
        {
            zip?.Dispose();
            throw new TransferException($"{path} cannot be restored: {error.Message}");
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    public void Dispose() => _zip.Dispose();

    private void RefuseForeign()
    {
        if (_manifest.Format != BackupManifest.ThisFormat)
        {
            throw new InvalidDataException($"it has format {_manifest.Format}, this program knows {BackupManifest.ThisFormat}");
        }

        foreach (var (area, number) in BackupManifest.SchemaOfThisProgram())
        {
            if (_manifest.Schema.GetValueOrDefault(area) != number)
            {
                throw new InvalidDataException(
                    $"it was made by Tollgate {_manifest.Program} with another schema; restore it with that version, then start this one on it");
            }
        }
    }

    private async Task RefuseDamagedAsync()
    {
        foreach (var table in _manifest.Tables)
        {
            await using var entry = (_zip.GetEntry(table.EntryName) ?? throw new InvalidDataException($"{table.EntryName} is missing")).Open();
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(entry)) != table.Sha256)
            {
                throw new InvalidDataException($"{table.EntryName} is damaged");
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> ReadAsync(string area, string name)
    {
        if (_manifest.Tables.FirstOrDefault(table => table.Area == area && table.Name == name) is not { } known)
        {
            yield break;
        }

        using var lines = new StreamReader(_zip.GetEntry(known.EntryName)!.Open());
        while (await lines.ReadLineAsync() is { } line)
        {
            yield return BackupRow.Read(line);
        }
    }
}
