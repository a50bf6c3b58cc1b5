using Tollgate.Model;

namespace Tollgate.Storage.Users;

/// <summary>Users and the roles they hold.</summary>
public sealed class UserStore(SharedDatabase database, OutboxRelay relay, TimeProvider time)
{
    public Task<User?> FindAsync(string organization, string id) =>
        FindAsync("id = @id AND organization = @organization", new { id, organization });

    /// <summary>Finds a user by name; case does not matter.</summary>
    public Task<User?> FindByNameAsync(string organization, string name) =>
        FindAsync("name_key = @key AND organization = @organization", new { key = NameKey.Of(name), organization });

    public Task<bool> AnyAsync() => database.ReadAsync(db => db.AnyAsync("SELECT 1 FROM users LIMIT 1"));

    public Task<Page<User>> ListAsync(string organization, string? nameContains, PageRequest page) => database.ReadAsync(async db =>
    {
        var where = "organization = @organization" + (nameContains is null ? "" : " AND name_key LIKE @pattern ESCAPE '!'");
        var arguments = new
        {
            organization, pattern = nameContains is null ? null : NameKey.Contains(nameContains), limit = page.Limit, offset = page.Offset,
        };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM users WHERE {where}", arguments);
        var rows = await db.ListAsync<UserRow>(
            $"SELECT {UserRow.Columns} FROM users WHERE {where} ORDER BY name_key LIMIT @limit OFFSET @offset", arguments);
        var roles = (await db.ListAsync<HeldRole>(
            "SELECT u.user_id, r.name FROM user_roles u JOIN roles r ON r.id = u.role_id WHERE u.user_id IN @ids ORDER BY r.name_key",
            new { ids = rows.Select(row => row.Id) })).ToLookup(row => row.UserId, row => row.Name);
        return new Page<User>([.. rows.Select(row => row.ToUser([.. roles[row.Id]]))], total);
    });

    public async Task CreateAsync(User user)
    {
        try
        {
            await database.WriteAsync(async db =>
            {
                await db.ExecuteAsync(
                    """
                    INSERT INTO users (id, organization, name, name_key, password_hash, locked, failed_sign_ins, paused_until, attributes,
                                       created_at, row_version)
                    VALUES (@Id, @Organization, @Name, @nameKey, @PasswordHash, 0, 0, 0, @attributes, @CreatedAt, 1)
                    """,
                    new
                    {
                        user.Id, user.Organization, user.Name, nameKey = NameKey.Of(user.Name), user.PasswordHash, user.CreatedAt,
                        attributes = ModelJson.Write(user.Attributes),
                    });
                return await ReplaceRolesAsync(db, user);
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "User exists", $"There is already a user '{user.Name}'. User names ignore case.");
        }
    }

    /// <summary>Replaces a user's roles and attributes. His tokens end, because they carry scopes of the old ones.</summary>
    public Task UpdateRolesAsync(User user) => EndTokensAsync(user, async db =>
    {
        await TouchAsync(db, user, "attributes = @attributes", new { user.Id, user.RowVersion, attributes = ModelJson.Write(user.Attributes) });
        return await ReplaceRolesAsync(db, user);
    });

    /// <summary>Locks or unlocks a user; locking ends his tokens.</summary>
    public Task SetLockedAsync(User user, bool locked)
    {
        const string Change = "locked = @flag, failed_sign_ins = 0, paused_until = 0";
        var arguments = new { user.Id, user.RowVersion, flag = locked ? 1 : 0 };
        return locked
            ? EndTokensAsync(user, db => TouchAsync(db, user, Change, arguments))
            : database.WriteAsync(db => TouchAsync(db, user, Change, arguments));
    }

    /// <summary>Replaces a user's password; everything that was given out under the old one ends.</summary>
    public Task SetPasswordAsync(User user, string passwordHash) => EndTokensAsync(user, db => TouchAsync(
        db, user, "password_hash = @passwordHash, password_changed_at = @now",
        // Read here and not by the caller, who may have waited for other writers.
        new { user.Id, user.RowVersion, passwordHash, now = time.GetUtcNow().ToUnixTimeMilliseconds() }));

    public Task DeleteAsync(User user) => EndTokensAsync(user, async db =>
    {
        await db.ExecuteAsync("DELETE FROM user_roles WHERE user_id = @Id", user);
        return await db.ExecuteAsync("DELETE FROM users WHERE id = @Id", user);
    });

    /// <summary>Counts a wrong password; after too many in a row the user has to wait.</summary>
    public Task CountFailureAsync(User user, int allowed, long pausedUntil) => database.WriteAsync(db => db.ExecuteAsync(
        """
        UPDATE users SET failed_sign_ins = failed_sign_ins + 1,
                         paused_until = CASE WHEN failed_sign_ins + 1 >= @allowed THEN @pausedUntil ELSE paused_until END
        WHERE id = @Id
        """,
        new { user.Id, allowed, pausedUntil }));

    public Task ClearFailuresAsync(User user) => database.WriteAsync(db => db.ExecuteAsync(
        "UPDATE users SET failed_sign_ins = 0, paused_until = 0 WHERE id = @Id", user));

    private Task<User?> FindAsync(string where, object arguments) => database.ReadAsync(async db =>
        await db.FirstAsync<UserRow>($"SELECT {UserRow.Columns} FROM users WHERE {where}", arguments) is { } row
            ? row.ToUser(await db.ListAsync<string>(
                "SELECT r.name FROM user_roles u JOIN roles r ON r.id = u.role_id WHERE u.user_id = @Id ORDER BY r.name_key", row))
            : null);

    // The outbox row commits with the change and is relayed before the caller hears of success: a locked user's tokens are refused then.
    private async Task EndTokensAsync(User user, Func<Transaction, Task<int>> change)
    {
        await database.WriteAsync(async db =>
        {
            await change(db);
            return await relay.EnqueueAsync(db, user.Subject);
        });
        await relay.RelayAsync();
    }

    private static async Task<int> TouchAsync(Transaction db, User user, string change, object arguments) =>
        await db.ExecuteAsync($"UPDATE users SET {change}, row_version = row_version + 1 WHERE id = @Id AND row_version = @RowVersion", arguments)
            is > 0 and var updated
            ? updated
            : throw Refusal.Stale($"user '{user.Name}'");

    private static async Task<int> ReplaceRolesAsync(Transaction db, User user)
    {
        await db.ExecuteAsync("DELETE FROM user_roles WHERE user_id = @Id", user);
        return await db.ExecuteAsync(
            """
            INSERT INTO user_roles (user_id, role_id)
            SELECT @Id, id FROM roles WHERE organization = @Organization AND name_key IN @keys
            """,
            new { user.Id, user.Organization, keys = user.Roles.Select(NameKey.Of) });
    }

    private sealed record HeldRole
    {
        public string UserId { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
