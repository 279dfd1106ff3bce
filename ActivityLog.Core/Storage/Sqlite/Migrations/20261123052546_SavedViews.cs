using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SavedViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_told",
                table: "metric_series",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    is_shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_views", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_names_alias_of",
                table: "names",
                column: "alias_of");

            migrationBuilder.CreateIndex(
                name: "ix_metric_series_session",
                table: "metric_series",
                columns: new[] { "system_key", "session_key" });

            migrationBuilder.CreateIndex(
                name: "ix_metric_series_untold",
                table: "metric_series",
                columns: new[] { "system_key", "name_id" },
                filter: "NOT is_told");

            migrationBuilder.CreateIndex(
                name: "ix_saved_views_owner_id",
                table: "saved_views",
                column: "owner_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropIndex(
                name: "ix_names_alias_of",
                table: "names");

            migrationBuilder.DropIndex(
                name: "ix_metric_series_session",
                table: "metric_series");

            migrationBuilder.DropIndex(
                name: "ix_metric_series_untold",
                table: "metric_series");

            migrationBuilder.DropColumn(
                name: "is_told",
                table: "metric_series");
        }
    }
}
