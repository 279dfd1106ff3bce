using System.Linq.Expressions;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActivityLog.Core.Summaries;

/// <summary>The tables of the sums. None has a key: nothing is looked for before a delta is written, and no two writers meet.</summary>
internal static class SummaryTables
{
    /// <summary>The index that finds the sums of a few sessions.</summary>
    public const string SessionIndex = "ix_session_sums_session";

    public static void Configure(ModelBuilder builder, string jsonColumnType)
    {
        // An index that holds all that a question asks is read alone, and in the order of what is grouped: of a year's rows half the time goes into the rows, and most
        // of the rest into sorting them. Histograms are too large to be there twice.
        builder.Entity<SpendSumRow>(static row => Configure(row, "spend_sums", static s => new
        {
            s.SystemKey,
            s.Grain,
            s.At,
            s.UserId,
            s.ModelId,
            s.PromptSize,
            s.SetKey,
            s.ServiceId,
            s.Calls,
            s.CostNanodollars,
            s.CostedCalls,
            s.InputTokens,
            s.OutputTokens,
            s.CacheReadTokens,
            s.CacheCreateTokens,
        }));
        builder.Entity<ToolSumRow>(static row => Configure(row, "tool_sums", static s => new
        {
            s.SystemKey,
            s.Grain,
            s.At,
            s.ToolId,
            s.UserId,
            s.SetKey,
            s.ServiceId,
            s.Uses,
            s.Errors,
            s.Denied,
            s.Accepted,
            s.Rejected,
        }));
        builder.Entity<CountSumRow>(static row =>
        {
            Configure(row, "count_sums", static s => new { s.SystemKey, s.Grain, s.At });
            // Who was active, errors and retries by model: a few types of many.
            row.HasIndex(static s => new { s.SystemKey, s.Grain, s.Type, s.At, s.UserId, s.ModelId, s.SetKey, s.Messages, s.Retries }).HasDatabaseName("ix_count_sums_type");
        });
        builder.Entity<MetricSumRow>(static row =>
        {
            Configure(row, "metric_sums", static s => new { s.SystemKey, s.Grain, s.At });
            // Lines, commits …: a few metrics of many.
            row.HasIndex(static s => new { s.SystemKey, s.Grain, s.NameId, s.At, s.UserId, s.SetKey, s.Whole, s.Nanos }).HasDatabaseName("ix_metric_sums_name");
        });
        builder.Entity<SessionSumRow>(static row =>
        {
            Configure(row, "session_sums", static s => new
            {
                s.SystemKey,
                s.Grain,
                s.At,
                s.SessionKey,
                s.UserId,
                s.ModelId,
                s.SetKey,
                s.ServiceId,
                s.Prompts,
                s.Generations,
                s.Errors,
                s.CostNanodollars,
            });
            // The sums of a page of sessions.
            row.HasIndex(static s => new { s.SystemKey, s.SessionKey }).HasDatabaseName(SessionIndex);
        });
        builder.Entity<SummarySetRow>(set =>
        {
            set.ToTable("summary_sets");
            set.HasKey(static s => new { s.SystemKey, s.SetKey });
            set.Property(static s => s.Attributes).HasColumnType(jsonColumnType);
        });
        // Sessions by time, the latest first, and how long they took.
        builder.Entity<SessionRow>().HasIndex(static s => new { s.SystemKey, s.LastAt, s.FirstAt, s.SessionKey }).HasDatabaseName("ix_sessions_time");
    }

    private static void Configure<TRow>(EntityTypeBuilder<TRow> row, string table, Expression<Func<TRow, object?>> byTime)
        where TRow : SumRow
    {
        row.ToTable(table);
        row.HasNoKey();
        row.HasIndex(byTime).HasDatabaseName($"ix_{table}_time");
    }
}
