using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Summaries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "first_at",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_at",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "user_at",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "user_id",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "alias_of",
                table: "names",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "count_sums",
                columns: table => new
                {
                    type = table.Column<short>(type: "INTEGER", nullable: false),
                    status = table.Column<short>(type: "INTEGER", nullable: true),
                    model_id = table.Column<int>(type: "INTEGER", nullable: true),
                    user_id = table.Column<int>(type: "INTEGER", nullable: true),
                    service_id = table.Column<int>(type: "INTEGER", nullable: true),
                    set_key = table.Column<long>(type: "INTEGER", nullable: false),
                    messages = table.Column<long>(type: "INTEGER", nullable: false),
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<short>(type: "INTEGER", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "metric_sums",
                columns: table => new
                {
                    name_id = table.Column<int>(type: "INTEGER", nullable: false),
                    user_id = table.Column<int>(type: "INTEGER", nullable: true),
                    model_id = table.Column<int>(type: "INTEGER", nullable: true),
                    service_id = table.Column<int>(type: "INTEGER", nullable: true),
                    set_key = table.Column<long>(type: "INTEGER", nullable: false),
                    whole = table.Column<long>(type: "INTEGER", nullable: false),
                    nanos = table.Column<long>(type: "INTEGER", nullable: false),
                    points = table.Column<long>(type: "INTEGER", nullable: false),
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<short>(type: "INTEGER", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "session_sums",
                columns: table => new
                {
                    session_key = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<int>(type: "INTEGER", nullable: true),
                    model_id = table.Column<int>(type: "INTEGER", nullable: true),
                    prompts = table.Column<long>(type: "INTEGER", nullable: false),
                    generations = table.Column<long>(type: "INTEGER", nullable: false),
                    tools = table.Column<long>(type: "INTEGER", nullable: false),
                    errors = table.Column<long>(type: "INTEGER", nullable: false),
                    messages = table.Column<long>(type: "INTEGER", nullable: false),
                    cost_nanodollars = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_read_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_create_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<short>(type: "INTEGER", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "spend_sums",
                columns: table => new
                {
                    model_id = table.Column<int>(type: "INTEGER", nullable: true),
                    user_id = table.Column<int>(type: "INTEGER", nullable: true),
                    service_id = table.Column<int>(type: "INTEGER", nullable: true),
                    prompt_size = table.Column<short>(type: "INTEGER", nullable: false),
                    set_key = table.Column<long>(type: "INTEGER", nullable: false),
                    calls = table.Column<long>(type: "INTEGER", nullable: false),
                    cost_nanodollars = table.Column<long>(type: "INTEGER", nullable: false),
                    costed_calls = table.Column<long>(type: "INTEGER", nullable: false),
                    input_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    output_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_read_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_create_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    durations = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ttfts = table.Column<byte[]>(type: "BLOB", nullable: true),
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<short>(type: "INTEGER", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "summary_sets",
                columns: table => new
                {
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    set_key = table.Column<long>(type: "INTEGER", nullable: false),
                    attributes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_summary_sets", x => new { x.system_key, x.set_key });
                });

            migrationBuilder.CreateTable(
                name: "tool_sums",
                columns: table => new
                {
                    tool_id = table.Column<int>(type: "INTEGER", nullable: true),
                    user_id = table.Column<int>(type: "INTEGER", nullable: true),
                    service_id = table.Column<int>(type: "INTEGER", nullable: true),
                    set_key = table.Column<long>(type: "INTEGER", nullable: false),
                    uses = table.Column<long>(type: "INTEGER", nullable: false),
                    errors = table.Column<long>(type: "INTEGER", nullable: false),
                    denied = table.Column<long>(type: "INTEGER", nullable: false),
                    accepted = table.Column<long>(type: "INTEGER", nullable: false),
                    rejected = table.Column<long>(type: "INTEGER", nullable: false),
                    durations = table.Column<byte[]>(type: "BLOB", nullable: true),
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    grain = table.Column<short>(type: "INTEGER", nullable: false),
                    at = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_time",
                table: "sessions",
                columns: new[] { "system_key", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_count_sums_time",
                table: "count_sums",
                columns: new[] { "system_key", "grain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_metric_sums_time",
                table: "metric_sums",
                columns: new[] { "system_key", "grain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_session_sums_session",
                table: "session_sums",
                columns: new[] { "system_key", "session_key" });

            migrationBuilder.CreateIndex(
                name: "ix_session_sums_time",
                table: "session_sums",
                columns: new[] { "system_key", "grain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_sums_time",
                table: "spend_sums",
                columns: new[] { "system_key", "grain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_tool_sums_time",
                table: "tool_sums",
                columns: new[] { "system_key", "grain", "at" });

            // What is there already isn't in the sums: until they are built, it is read from the rows themselves.
            migrationBuilder.Sql(
                """
                INSERT INTO settings (name, value) SELECT 'summaries', '{"built":false}'
                WHERE EXISTS (SELECT 1 FROM messages) OR EXISTS (SELECT 1 FROM metric_points)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "count_sums");

            migrationBuilder.DropTable(
                name: "metric_sums");

            migrationBuilder.DropTable(
                name: "session_sums");

            migrationBuilder.DropTable(
                name: "spend_sums");

            migrationBuilder.DropTable(
                name: "summary_sets");

            migrationBuilder.DropTable(
                name: "tool_sums");

            migrationBuilder.DropIndex(
                name: "ix_sessions_time",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "first_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "last_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "user_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "user_id",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "alias_of",
                table: "names");
        }
    }
}
