using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CountsBySubject : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_count_sums_type",
                table: "count_sums");

            migrationBuilder.AddColumn<long>(
                name: "retries",
                table: "count_sums",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // The attempt was one of the attributes of a set, of calls that were tried again; it may be one that is pinned, of anything.
            migrationBuilder.Sql(
                """
                UPDATE count_sums SET retries = messages * (s.attempt - 1)
                FROM (
                    SELECT system_key, set_key,
                        CASE WHEN trim(attempt, '0123456789') = '' AND length(ltrim(attempt, '0')) BETWEEN 1 AND 4 THEN CAST(attempt AS bigint) END AS attempt
                    FROM (SELECT system_key, set_key, attributes ->> 'attempt' AS attempt FROM summary_sets) AS a) AS s
                WHERE s.system_key = count_sums.system_key AND s.set_key = count_sums.set_key AND s.attempt BETWEEN 2 AND 1000 AND count_sums.type IN (2, 8)
                """);
            migrationBuilder.Sql(
                """
                INSERT INTO count_sums (system_key, grain, at, type, status, model_id, set_key, messages, retries)
                SELECT system_key, 2, at, type, status, model_id, 0, sum(messages), sum(retries)
                FROM count_sums WHERE grain = 1 GROUP BY system_key, at, type, status, model_id HAVING sum(messages) <> 0 OR sum(retries) <> 0
                """);

            migrationBuilder.CreateIndex(
                name: "ix_count_sums_type",
                table: "count_sums",
                columns: new[] { "system_key", "grain", "type", "at", "user_id", "model_id", "set_key", "messages", "retries" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_count_sums_type",
                table: "count_sums");

            migrationBuilder.Sql("DELETE FROM count_sums WHERE grain = 2");

            migrationBuilder.DropColumn(
                name: "retries",
                table: "count_sums");

            migrationBuilder.CreateIndex(
                name: "ix_count_sums_type",
                table: "count_sums",
                columns: new[] { "system_key", "grain", "type", "at", "user_id", "model_id", "set_key", "messages" });
        }
    }
}
