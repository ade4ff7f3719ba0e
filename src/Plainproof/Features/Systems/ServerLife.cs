using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>One server process from its start to its end. While it lives it signs now and then, so that others see when it died.</summary>
internal sealed class ServerLife : InstallationRecord
{
    public required DateTimeOffset BeganAt { get; init; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When it stopped in good order; null for one that lives, and for one that was killed.</summary>
    public DateTimeOffset? StoppedAt { get; set; }
}

internal sealed class ServerLifeConfiguration : IEntityTypeConfiguration<ServerLife>
{
    public void Configure(EntityTypeBuilder<ServerLife> builder)
    {
    }
}

/// <summary>Which servers work on this installation, and when the last sign of any of them was. Several may share one PostgreSQL.</summary>
internal sealed class ServerLives(SiteSettings settings)
{
    /// <summary>Whoever has not signed for so long is taken for dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>The name of this process among the servers.</summary>
    public string Me { get; } = Guid.CreateVersion7().ToString("D");

    /// <summary>Signs that this server lives.</summary>
    /// <returns>The last sign of any server before this one; null when there was none.</returns>
    public async Task<DateTimeOffset?> SignAsync(CancellationToken stop)
    {
        var now = Micros.Round(settings.Clock.GetUtcNow());
        await using var records = InstallationRecords.Of(settings.Data);
        return await records.WriteAsync(async _ =>
        {
            var all = await records.Set<ServerLife>().ToListAsync(stop);
            if (all.SingleOrDefault(life => life.Id == Me) is { } mine)
                mine.SeenAt = now;
            else
                records.Add(new ServerLife { Id = Me, BeganAt = now, SeenAt = now });
            records.RemoveRange(all.Where(life => life.Id != Me && now - life.SeenAt > Remembered).OrderByDescending(life => life.SeenAt).Skip(1));
            return all.Where(life => life.Id != Me).Select(life => (DateTimeOffset?)life.SeenAt).Max();
        }, stop);
    }

    /// <summary>Those that have signed lately, whether or not they are this one.</summary>
    public async Task<IReadOnlySet<string>> AliveAsync(CancellationToken stop)
    {
        var now = settings.Clock.GetUtcNow();
        await using var records = InstallationRecords.Of(settings.Data);
        return (await records.Set<ServerLife>().AsNoTracking().Where(life => life.StoppedAt == null).ToListAsync(stop))
            .Where(life => life.Id == Me || now - life.SeenAt < Silence).Select(life => life.Id).Append(Me).ToHashSet(StringComparer.Ordinal);
    }

    public async Task StopAsync(CancellationToken stop)
    {
        await using var records = InstallationRecords.Of(settings.Data);
        if (await records.Set<ServerLife>().SingleOrDefaultAsync(life => life.Id == Me, stop) is not { } mine)
            return;
        mine.StoppedAt = mine.SeenAt = Micros.Round(settings.Clock.GetUtcNow());
        await records.SaveChangesAsync(stop);
    }
}
