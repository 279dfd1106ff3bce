using ActivityLog.Core.Accounts;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Senders;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Core.Views;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage;

/// <summary>All tables, in the form both engines share; each engine's subclass has its own migrations.</summary>
public abstract class ActivityLogDbContext(DbContextOptions options)
    : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<MonitoredSystem> Systems => Set<MonitoredSystem>();
    public DbSet<IngestToken> Tokens => Set<IngestToken>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<NameRow> Names => Set<NameRow>();
    public DbSet<AttributeSetRow> AttributeSets => Set<AttributeSetRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<MetricSeriesRow> MetricSeries => Set<MetricSeriesRow>();
    public DbSet<MetricPointRow> MetricPoints => Set<MetricPointRow>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<ModelColorRow> ModelColors => Set<ModelColorRow>();
    public DbSet<ModelPrice> Prices => Set<ModelPrice>();
    public DbSet<SettingRow> Settings => Set<SettingRow>();
    public DbSet<Sender> Senders => Set<Sender>();
    public DbSet<RefusalRow> Refusals => Set<RefusalRow>();
    public DbSet<TokenHour> TokenHours => Set<TokenHour>();
    public DbSet<RetentionCount> RetentionCounts => Set<RetentionCount>();
    public DbSet<RetentionRun> RetentionRuns => Set<RetentionRun>();

    /// <summary>The engine's type for JSON, such as <c>jsonb</c>.</summary>
    protected abstract string JsonColumnType { get; }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMicrosecondsConverter>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfiguration(new MessageRowConfiguration());

        builder.Entity<MonitoredSystem>(static system =>
        {
            system.ToTable("systems");
            system.HasKey(static s => s.Key);
            system.HasIndex(static s => s.Id).IsUnique();
            system.Property(static s => s.Name).HasMaxLength(MonitoredSystem.MaxNameLength);
            system.Property(static s => s.Description).HasMaxLength(MonitoredSystem.MaxDescriptionLength);
        });
        builder.Entity<IngestToken>(static token =>
        {
            token.ToTable("tokens");
            token.HasKey(static t => t.Key);
            token.HasIndex(static t => t.Id).IsUnique();
            // Who sends: the hash of what came.
            token.HasIndex(static t => t.Hash).IsUnique();
            token.HasIndex(static t => t.SystemKey);
            token.Property(static t => t.Name).HasMaxLength(IngestToken.MaxNameLength);
        });
        builder.Entity<RefreshToken>(static token =>
        {
            token.ToTable("refresh_tokens");
            token.HasKey(static t => t.Hash);
            token.HasIndex(static t => t.FamilyId);
            token.HasIndex(static t => t.ExpiresAt);
        });
        builder.Entity<NameRow>(static name =>
        {
            name.ToTable("names");
            name.HasIndex(static n => new { n.Kind, n.Value }).IsUnique();
            // All names of a person.
            name.HasIndex(static n => n.AliasOf);
        });
        builder.Entity<AttributeSetRow>(static set =>
        {
            set.ToTable("attribute_sets");
            set.HasKey(static s => new { s.SystemKey, s.SetKey });
            // What has expired.
            set.HasIndex(static s => new { s.SystemKey, s.ExpiresAt }).HasFilter("expires_at IS NOT NULL").HasDatabaseName("ix_attribute_sets_expiry");
        });
        builder.Entity<SessionRow>(static session =>
        {
            session.ToTable("sessions");
            session.HasKey(static s => new { s.SystemKey, s.SessionKey });
            // What has expired.
            session.HasIndex(static s => new { s.SystemKey, s.ExpiresAt }).HasFilter("expires_at IS NOT NULL").HasDatabaseName("ix_sessions_expiry");
        });
        builder.Entity<MetricSeriesRow>(static series =>
        {
            series.ToTable("metric_series");
            series.HasKey(static s => new { s.SystemKey, s.SeriesKey });
            // A metric by its name: metrics/aggregate, and spend that only metrics tell.
            series.HasIndex(static s => new { s.NameId, s.SystemKey });
            // The metrics of a session; and those that may tell spend that nothing else does.
            series.HasIndex(static s => new { s.SystemKey, s.SessionKey }).HasDatabaseName("ix_metric_series_session");
            series.HasIndex(static s => new { s.SystemKey, s.NameId }).HasFilter("NOT is_told").HasDatabaseName("ix_metric_series_untold");
            series.Property(static s => s.IsTold).HasDefaultValue(false);
            // What has expired.
            series.HasIndex(static s => new { s.SystemKey, s.ExpiresAt }).HasFilter("expires_at IS NOT NULL").HasDatabaseName("ix_metric_series_expiry");
        });
        builder.Entity<MetricPointRow>(static point =>
        {
            point.ToTable("metric_points");
            // Time before start: the increments of a series follow it.
            point.HasKey(static p => new { p.SystemKey, p.SeriesKey, p.OccurredAt, p.StartedAt, p.Value });
            // What has expired.
            point.HasIndex(static p => new { p.SystemKey, p.ExpiresAt }).HasFilter("expires_at IS NOT NULL").HasDatabaseName("ix_metric_points_expiry");
        });
        builder.Entity<SavedView>(static view =>
        {
            view.ToTable("saved_views");
            view.Property(static v => v.Id).ValueGeneratedNever();
            view.HasIndex(static v => v.OwnerId);
            view.Property(static v => v.Name).HasMaxLength(SavedView.MaxNameLength);
            view.Property(static v => v.Address).HasMaxLength(SavedView.MaxAddressLength);
        });
        builder.Entity<ModelColorRow>().ToTable("model_colors").HasKey(static c => c.Model);
        builder.Entity<ModelPrice>().ToTable("prices").HasKey(static p => new { p.Model, p.ValidFrom });
        builder.Entity<SettingRow>().ToTable("settings").HasKey(static s => s.Name);
        builder.Entity<Sender>(static sender =>
        {
            sender.ToTable("senders");
            sender.HasKey(static s => new { s.SystemKey, s.SenderKey });
            // Who was seen last, and who not for long.
            sender.HasIndex(static s => s.LastSeenAt);
            sender.Ignore(static s => s.IsNamed);
        });
        builder.Entity<RefusalRow>().ToTable("refusals").HasKey(static r => new { r.Hour, r.KindKey });
        builder.Entity<TokenHour>(static hour =>
        {
            hour.ToTable("token_hours");
            hour.HasKey(static h => new { h.SystemKey, h.TokenKey, h.Hour });
        });
        builder.Entity<RetentionCount>().ToTable("retention_counts").HasKey(static c => new { c.SystemKey, c.Hour });
        builder.Entity<RetentionRun>(static run =>
        {
            run.ToTable("retention_runs");
            run.Property(static r => r.Id).ValueGeneratedNever();
        });

        SummaryTables.Configure(builder, JsonColumnType);
        builder.Entity<MessageRow>().Property(static row => row.Metadata).HasColumnType(JsonColumnType);
        builder.Entity<AttributeSetRow>().Property(static row => row.Attributes).HasColumnType(JsonColumnType);
        builder.Entity<MetricSeriesRow>().Property(static row => row.Metadata).HasColumnType(JsonColumnType);
        SnakeCase.Apply(builder.Model);
    }
}
