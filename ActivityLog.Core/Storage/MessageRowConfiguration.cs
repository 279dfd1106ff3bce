using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActivityLog.Core.Storage;

/// <summary>
/// Two indexes, since each is paid for on every row: the identity, which also is the range of a session or trace (one session's timeline, a prompt's body,
/// children, repeats), and the time, which serves feed, paging, reports and every other filter within a range of time.
/// </summary>
internal sealed class MessageRowConfiguration : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(static row => new { row.SystemKey, row.SessionKey, row.CallKey });
        // The feed and its pages (newest first, then id), and every aggregate over a range of time.
        builder.HasIndex(static row => new { row.SystemKey, row.OccurredAt, row.SessionKey, row.CallKey }).HasDatabaseName("ix_messages_time");
    }
}
