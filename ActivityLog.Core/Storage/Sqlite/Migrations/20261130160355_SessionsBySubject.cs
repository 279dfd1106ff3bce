using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SessionsBySubject : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What the rows don't tell, their messages do: they are built anew behind the running server.
            migrationBuilder.Sql("UPDATE settings SET value = json_set(value, '$.built', json('false')) WHERE name = 'summaries' AND EXISTS (SELECT 1 FROM session_sums)");
            migrationBuilder.Sql(
                """
                INSERT INTO settings (name, value) SELECT 'summaries', '{"built":false}'
                WHERE EXISTS (SELECT 1 FROM session_sums) AND NOT EXISTS (SELECT 1 FROM settings WHERE name = 'summaries')
                """);
            migrationBuilder.Sql("DELETE FROM settings WHERE name = 'summaries.built' AND EXISTS (SELECT 1 FROM session_sums)");
            migrationBuilder.Sql("DELETE FROM session_sums");

            migrationBuilder.DropIndex(
                name: "ix_session_sums_time",
                table: "session_sums");

            migrationBuilder.AddColumn<int>(
                name: "service_id",
                table: "session_sums",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "set_key",
                table: "session_sums",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "ix_session_sums_time",
                table: "session_sums",
                columns: new[] { "system_key", "grain", "at", "session_key", "user_id", "model_id", "set_key", "service_id", "prompts", "generations", "errors", "cost_nanodollars" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM session_sums WHERE grain = 2");

            migrationBuilder.DropIndex(
                name: "ix_session_sums_time",
                table: "session_sums");

            migrationBuilder.DropColumn(
                name: "service_id",
                table: "session_sums");

            migrationBuilder.DropColumn(
                name: "set_key",
                table: "session_sums");

            migrationBuilder.CreateIndex(
                name: "ix_session_sums_time",
                table: "session_sums",
                columns: new[] { "system_key", "grain", "at", "session_key", "user_id", "model_id", "prompts", "generations", "errors", "cost_nanodollars" });
        }
    }
}
