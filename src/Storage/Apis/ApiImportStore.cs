using Tollgate.Model;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Apis;

/// <summary>An API with everything that comes with it, checked and ready to be saved.</summary>
public sealed record ApiImport
{
    public required Api Api { get; init; }

    public required ApiContent Content { get; init; }

    /// <summary>The API that is changed; null makes a new one.</summary>
    public Api? Replaces { get; init; }

    /// <summary>Where its lifecycle is to stand.</summary>
    public LifecycleState State { get; init; }

    public required string User { get; init; }

    /// <summary>All documents it is to have.</summary>
    public IReadOnlyList<(Document Document, MediaContent? Content)> Documents { get; init; } = [];

    /// <summary>Null leaves the icon as it is.</summary>
    public MediaContent? Icon { get; init; }

    /// <summary>Where a new revision is to be placed; none makes no revision.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    public int MaxRevisions { get; init; }

    /// <summary>At the limit the earliest revision makes room, deployed or not.</summary>
    public bool RotateRevision { get; init; }
}

/// <summary>Saves imported APIs: all that belongs together in a single transaction.</summary>
public sealed class ApiImportStore(ApimDatabase database, TimeProvider time)
{
    /// <summary>Saves all of them in their order, or none; returns the revision that was made of the last one and deployed, if any.</summary>
    public Task<Revision?> ImportAsync(IReadOnlyList<ApiImport> imports)
    {
        var facts = imports.Select(import => new ApiFacts(import.Api, import.Content)).ToList();
        return database.ChangeAsync(async db =>
        {
            Revision? last = null;
            foreach (var (index, import) in imports.Index())
            {
                last = await ImportAsync(db, import, facts[index], time.GetUtcNow());
            }

            return last;
        });
    }

    private static async Task<Revision?> ImportAsync(RuntimeTransaction db, ApiImport import, ApiFacts facts, DateTimeOffset now)
    {
        if (import.Replaces is null)
        {
            await ApiRows.InsertAsync(db, import.Api, import.Content, facts, "api.imported", now);
        }
        else
        {
            await ApiRows.UpdateAsync(db, import.Api, import.Content, facts, "api.imported", now);
            if (import.State != import.Replaces.State)
            {
                var saved = import.Api with { RowVersion = import.Api.RowVersion + 1 };
                await LifecycleRows.SetStateAsync(db, saved, import.State, import.User, now.ToUnixTimeMilliseconds());
            }
        }

        await PutDocumentsAsync(db, import);
        if (import.Icon is not null)
        {
            await ThumbnailRows.PutAsync(db, import.Api.Id, import.Icon);
        }

        return import.Deployments.Count == 0 ? null : await DeployAsync(db, import, now);
    }

    // The documents are those of the archive afterwards; one that was there under its name keeps its id.
    private static async Task PutDocumentsAsync(Transaction db, ApiImport import)
    {
        var apiId = import.Api.Id;
        var known = (await db.ListAsync<DocumentRow>($"SELECT {DocumentRow.Columns} FROM documents WHERE api_id = @apiId", new { apiId }))
            .ToDictionary(row => NameKey.Of(row.Name), row => row.ToDocument());
        foreach (var (document, content) in import.Documents)
        {
            if (known.Remove(NameKey.Of(document.Name), out var before))
            {
                var kept = document with { Id = before.Id, RowVersion = before.RowVersion };
                await DocumentRows.UpdateAsync(db, kept);
                await DocumentRows.PutContentAsync(db, kept, content);
                await DocumentRows.IndexAsync(db, kept);
            }
            else
            {
                await DocumentRows.InsertAsync(db, document);
                await DocumentRows.PutContentAsync(db, document, content);
                await DocumentRows.IndexAsync(db, document);
            }
        }

        // A document that its author keeps to himself was in no archive of somebody else's.
        foreach (var gone in known.Values.Where(document => document.Visibility != DocumentVisibility.Owner || document.CreatedBy == import.User))
        {
            await db.ExecuteAsync("DELETE FROM documents WHERE id = @Id", gone);
            await db.ExecuteAsync("DELETE FROM document_contents WHERE document_id = @Id", gone);
            await SearchTexts.RemoveAsync(db, gone.Id);
        }
    }

    private static async Task<Revision?> DeployAsync(RuntimeTransaction db, ApiImport import, DateTimeOffset now)
    {
        if (import.RotateRevision)
        {
            await RevisionRows.MakeRoomAsync(db, import.Api.Id, import.MaxRevisions, import.User, now);
        }

        var revision = await RevisionRows.CreateAsync(db, import.Api.Id, null, import.MaxRevisions, import.User, now);
        foreach (var deployment in import.Deployments)
        {
            await DeploymentRows.PutAsync(db, deployment with { RevisionId = revision.Id });
            await ApiChangeRows.AddAsync(
                db, import.Api.Id, "deployment.changed", deployment.Environment,
                [FieldChanges.Of<string>("revision", null, revision.DisplayName)], import.User, now);
        }

        return revision;
    }
}
