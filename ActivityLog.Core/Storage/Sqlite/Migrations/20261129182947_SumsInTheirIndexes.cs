using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SumsInTheirIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_spend_sums_time",
                table: "spend_sums");

            migrationBuilder.DropIndex(
                name: "ix_session_sums_time",
                table: "session_sums");

            migrationBuilder.CreateIndex(
                name: "ix_spend_sums_time",
                table: "spend_sums",
                columns: new[] { "system_key", "grain", "at", "user_id", "model_id", "prompt_size", "set_key", "service_id", "calls", "cost_nanodollars", "costed_calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens" });

            migrationBuilder.CreateIndex(
                name: "ix_session_sums_time",
                table: "session_sums",
                columns: new[] { "system_key", "grain", "at", "session_key", "user_id", "model_id", "prompts", "generations", "errors", "cost_nanodollars" });

            migrationBuilder.CreateIndex(
                name: "ix_metric_sums_name",
                table: "metric_sums",
                columns: new[] { "system_key", "grain", "name_id", "at", "user_id", "set_key", "whole", "nanos" });

            migrationBuilder.CreateIndex(
                name: "ix_count_sums_type",
                table: "count_sums",
                columns: new[] { "system_key", "grain", "type", "at", "user_id", "messages" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_spend_sums_time",
                table: "spend_sums");

            migrationBuilder.DropIndex(
                name: "ix_session_sums_time",
                table: "session_sums");

            migrationBuilder.DropIndex(
                name: "ix_metric_sums_name",
                table: "metric_sums");

            migrationBuilder.DropIndex(
                name: "ix_count_sums_type",
                table: "count_sums");

            migrationBuilder.CreateIndex(
                name: "ix_spend_sums_time",
                table: "spend_sums",
                columns: new[] { "system_key", "grain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_session_sums_time",
                table: "session_sums",
                columns: new[] { "system_key", "grain", "at" });
        }
    }
}
