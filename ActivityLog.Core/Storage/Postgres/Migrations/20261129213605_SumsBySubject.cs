using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SumsBySubject : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Rows are signed deltas: those of the days, without what a subject's aren't told apart by, are the subjects'. They are made fewer behind the running server.
            migrationBuilder.Sql(
                """
                INSERT INTO spend_sums (system_key, grain, at, model_id, prompt_size, set_key,
                    calls, cost_nanodollars, costed_calls, input_tokens, output_tokens, cache_read_tokens, cache_create_tokens, durations, ttfts)
                SELECT system_key, 2, at, model_id, prompt_size, 0,
                    calls, cost_nanodollars, costed_calls, input_tokens, output_tokens, cache_read_tokens, cache_create_tokens, durations, ttfts
                FROM spend_sums WHERE grain = 1
                """);
            migrationBuilder.Sql(
                """
                INSERT INTO tool_sums (system_key, grain, at, tool_id, set_key, uses, errors, denied, accepted, rejected, durations)
                SELECT system_key, 2, at, tool_id, 0, uses, errors, denied, accepted, rejected, durations
                FROM tool_sums WHERE grain = 1
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM spend_sums WHERE grain = 2");
            migrationBuilder.Sql("DELETE FROM tool_sums WHERE grain = 2");
        }
    }
}
