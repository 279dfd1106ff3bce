using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActivityLog.Core.Storage;

/// <summary>
/// Few indexes, since each is paid for on every row: the identity, which also is the range of a session or trace (one session's timeline, a prompt's body,
/// children, repeats), the time, which serves feed, paging, reports and every other filter within a range of time, and the expiry, whose entries come nearly in
/// order: 0.8 µs a row on PostgreSQL, 0.6 on SQLite. (Block ranges would be free, but hold rows of all retentions: what expires first is found by reading all.)
/// </summary>
internal sealed class MessageRowConfiguration : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(static row => new { row.SystemKey, row.SessionKey, row.CallKey });
        // The feed and its pages (newest first, then id), and every aggregate over a range of time.
        builder.HasIndex(static row => new { row.SystemKey, row.OccurredAt, row.SessionKey, row.CallKey }).HasDatabaseName("ix_messages_time");
        // What has expired.
        builder.HasIndex(static row => new { row.SystemKey, row.ExpiresAt }).HasFilter("expires_at IS NOT NULL").HasDatabaseName("ix_messages_expiry");
    }
}
