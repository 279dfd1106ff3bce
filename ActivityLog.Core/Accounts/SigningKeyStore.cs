using System.Security.Cryptography;
using ActivityLog.Core.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Accounts;

/// <summary>The key that signs access tokens: made when first asked for and kept with the data, encrypted, so that all nodes share it.</summary>
public sealed class SigningKeyStore(IDbContextFactory<ActivityLogDbContext> contexts, IDataProtectionProvider protection) : IDisposable
{
    private const string SettingName = "access_token.signing_key";
    private const int KeyBytes = 64;

    private readonly IDataProtector _protector = protection.CreateProtector(SettingName);
    private readonly SemaphoreSlim _lock = new(1, 1);
    private byte[]? _key;

    /// <summary>The key, 512 random bits.</summary>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_key is not null)
        {
            return _key;
        }

        await _lock.WaitAsync(cancellationToken);
        try
        {
            return _key ??= await ReadAsync(cancellationToken) ?? await MakeAsync(cancellationToken);
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var setting = await context.Settings.AsNoTracking().SingleOrDefaultAsync(static row => row.Name == SettingName, cancellationToken);
        return setting is null ? null : Convert.FromBase64String(_protector.Unprotect(setting.Value));
    }

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Settings.Add(new SettingRow { Name = SettingName, Value = _protector.Protect(Convert.ToBase64String(key)) });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return key;
        }
        catch (DbUpdateException)
        {
            // Another node that started at the same time was first: its key holds.
            if (await ReadAsync(cancellationToken) is { } other)
            {
                return other;
            }

            throw;
        }
    }
}
