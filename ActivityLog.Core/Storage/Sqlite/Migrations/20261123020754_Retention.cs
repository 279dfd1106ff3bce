using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "metric_series",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "attribute_sets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "retention_counts",
                columns: table => new
                {
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    hour = table.Column<int>(type: "INTEGER", nullable: false),
                    messages = table.Column<long>(type: "INTEGER", nullable: false),
                    metric_points = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_counts", x => new { x.system_key, x.hour });
                });

            migrationBuilder.CreateTable(
                name: "retention_runs",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    node = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    active_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_runs", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expiry",
                table: "sessions",
                columns: new[] { "system_key", "expires_at" },
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_metric_series_expiry",
                table: "metric_series",
                columns: new[] { "system_key", "expires_at" },
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_metric_points_expiry",
                table: "metric_points",
                columns: new[] { "system_key", "expires_at" },
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messages_expiry",
                table: "messages",
                columns: new[] { "system_key", "expires_at" },
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attribute_sets_expiry",
                table: "attribute_sets",
                columns: new[] { "system_key", "expires_at" },
                filter: "expires_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "retention_counts");

            migrationBuilder.DropTable(
                name: "retention_runs");

            migrationBuilder.DropIndex(
                name: "ix_sessions_expiry",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_metric_series_expiry",
                table: "metric_series");

            migrationBuilder.DropIndex(
                name: "ix_metric_points_expiry",
                table: "metric_points");

            migrationBuilder.DropIndex(
                name: "ix_messages_expiry",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_attribute_sets_expiry",
                table: "attribute_sets");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "metric_series");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "attribute_sets");
        }
    }
}
