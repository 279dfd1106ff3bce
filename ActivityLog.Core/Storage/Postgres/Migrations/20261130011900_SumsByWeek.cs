using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SumsByWeek : Migration
    {
        // Weeks begin on Mondays, 1970-01-01 was a Thursday; the thousand weeks keep the division from days before it.
        private const string Week = "(at + 7003) / 7 - 1000";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Rows are signed deltas: those of the days, by their week, are the weeks'. They are made fewer behind the running server.
            migrationBuilder.Sql(
                $"""
                INSERT INTO spend_sums (system_key, grain, at, model_id, user_id, service_id, prompt_size, set_key,
                    calls, cost_nanodollars, costed_calls, input_tokens, output_tokens, cache_read_tokens, cache_create_tokens, durations, ttfts)
                SELECT system_key, 3, {Week}, model_id, user_id, service_id, prompt_size, set_key,
                    calls, cost_nanodollars, costed_calls, input_tokens, output_tokens, cache_read_tokens, cache_create_tokens, durations, ttfts
                FROM spend_sums WHERE grain = 1
                """);
            migrationBuilder.Sql(
                $"""
                INSERT INTO tool_sums (system_key, grain, at, tool_id, user_id, service_id, set_key, uses, errors, denied, accepted, rejected, durations)
                SELECT system_key, 3, {Week}, tool_id, user_id, service_id, set_key, uses, errors, denied, accepted, rejected, durations
                FROM tool_sums WHERE grain = 1
                """);
            migrationBuilder.Sql(
                $"""
                INSERT INTO metric_sums (system_key, grain, at, name_id, user_id, model_id, service_id, set_key, whole, nanos, points)
                SELECT system_key, 3, {Week}, name_id, user_id, model_id, service_id, set_key, whole, nanos, points
                FROM metric_sums WHERE grain = 1
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM spend_sums WHERE grain = 3");
            migrationBuilder.Sql("DELETE FROM tool_sums WHERE grain = 3");
            migrationBuilder.Sql("DELETE FROM metric_sums WHERE grain = 3");
        }
    }
}
