using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SendersRefusalsAndTokenUse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "refusals",
                columns: table => new
                {
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    kind_key = table.Column<long>(type: "INTEGER", nullable: false),
                    system_key = table.Column<int>(type: "INTEGER", nullable: true),
                    token_key = table.Column<int>(type: "INTEGER", nullable: true),
                    token = table.Column<string>(type: "TEXT", nullable: true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    status_code = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refusals", x => new { x.hour, x.kind_key });
                });

            migrationBuilder.CreateTable(
                name: "senders",
                columns: table => new
                {
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    sender_key = table.Column<long>(type: "INTEGER", nullable: false),
                    token_key = table.Column<int>(type: "INTEGER", nullable: false),
                    service_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_name = table.Column<string>(type: "TEXT", nullable: true),
                    installation = table.Column<string>(type: "TEXT", nullable: true),
                    is_claude_code = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: true),
                    os_type = table.Column<string>(type: "TEXT", nullable: true),
                    os_version = table.Column<string>(type: "TEXT", nullable: true),
                    architecture = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    first_seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_logs_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_traces_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_metrics_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sends_prompts = table.Column<bool>(type: "INTEGER", nullable: true),
                    sends_tool_details = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_senders", x => new { x.system_key, x.sender_key });
                });

            migrationBuilder.CreateTable(
                name: "token_hours",
                columns: table => new
                {
                    system_key = table.Column<int>(type: "INTEGER", nullable: false),
                    token_key = table.Column<int>(type: "INTEGER", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    requests = table.Column<long>(type: "INTEGER", nullable: false),
                    records = table.Column<long>(type: "INTEGER", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_token_hours", x => new { x.system_key, x.token_key, x.hour });
                });

            migrationBuilder.CreateIndex(
                name: "ix_senders_last_seen_at",
                table: "senders",
                column: "last_seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "refusals");

            migrationBuilder.DropTable(
                name: "senders");

            migrationBuilder.DropTable(
                name: "token_hours");
        }
    }
}
