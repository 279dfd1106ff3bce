using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActivityLog.Core.Summaries;

/// <summary>The tables of the sums. None has a key: nothing is looked for before a delta is written, and no two writers meet.</summary>
internal static class SummaryTables
{
    public static void Configure(ModelBuilder builder, string jsonColumnType)
    {
        builder.Entity<SpendSumRow>(static row => Configure(row, "spend_sums"));
        builder.Entity<ToolSumRow>(static row => Configure(row, "tool_sums"));
        builder.Entity<CountSumRow>(static row => Configure(row, "count_sums"));
        builder.Entity<MetricSumRow>(static row => Configure(row, "metric_sums"));
        builder.Entity<SessionSumRow>(static row =>
        {
            Configure(row, "session_sums");
            // The sums of a page of sessions.
            row.HasIndex(static s => new { s.SystemKey, s.SessionKey }).HasDatabaseName("ix_session_sums_session");
        });
        builder.Entity<SummarySetRow>(set =>
        {
            set.ToTable("summary_sets");
            set.HasKey(static s => new { s.SystemKey, s.SetKey });
            set.Property(static s => s.Attributes).HasColumnType(jsonColumnType);
        });
        // Sessions by time, the latest first.
        builder.Entity<SessionRow>().HasIndex(static s => new { s.SystemKey, s.LastAt }).HasDatabaseName("ix_sessions_time");
    }

    private static void Configure<TRow>(EntityTypeBuilder<TRow> row, string table)
        where TRow : SumRow
    {
        row.ToTable(table);
        row.HasNoKey();
        // A range of time.
        row.HasIndex(static s => new { s.SystemKey, s.Grain, s.At }).HasDatabaseName($"ix_{table}_time");
    }
}
