using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ToolsInTheirIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tool_sums_time",
                table: "tool_sums");

            migrationBuilder.DropIndex(
                name: "ix_count_sums_type",
                table: "count_sums");

            migrationBuilder.CreateIndex(
                name: "ix_tool_sums_time",
                table: "tool_sums",
                columns: new[] { "system_key", "grain", "at", "tool_id", "user_id", "set_key", "service_id", "uses", "errors", "denied", "accepted", "rejected" });

            migrationBuilder.CreateIndex(
                name: "ix_count_sums_type",
                table: "count_sums",
                columns: new[] { "system_key", "grain", "type", "at", "user_id", "model_id", "set_key", "messages" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tool_sums_time",
                table: "tool_sums");

            migrationBuilder.DropIndex(
                name: "ix_count_sums_type",
                table: "count_sums");

            migrationBuilder.CreateIndex(
                name: "ix_tool_sums_time",
                table: "tool_sums",
                columns: new[] { "system_key", "grain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_count_sums_type",
                table: "count_sums",
                columns: new[] { "system_key", "grain", "type", "at", "user_id", "messages" });
        }
    }
}
