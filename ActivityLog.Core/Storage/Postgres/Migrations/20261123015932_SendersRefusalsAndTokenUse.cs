using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
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
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    kind_key = table.Column<long>(type: "bigint", nullable: false),
                    system_key = table.Column<int>(type: "integer", nullable: true),
                    token_key = table.Column<int>(type: "integer", nullable: true),
                    token = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    status_code = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    first_at = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refusals", x => new { x.hour, x.kind_key });
                });

            migrationBuilder.CreateTable(
                name: "senders",
                columns: table => new
                {
                    system_key = table.Column<int>(type: "integer", nullable: false),
                    sender_key = table.Column<long>(type: "bigint", nullable: false),
                    token_key = table.Column<int>(type: "integer", nullable: false),
                    service_name = table.Column<string>(type: "text", nullable: true),
                    user_name = table.Column<string>(type: "text", nullable: true),
                    installation = table.Column<string>(type: "text", nullable: true),
                    is_claude_code = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<string>(type: "text", nullable: true),
                    os_type = table.Column<string>(type: "text", nullable: true),
                    os_version = table.Column<string>(type: "text", nullable: true),
                    architecture = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    first_seen_at = table.Column<long>(type: "bigint", nullable: false),
                    last_seen_at = table.Column<long>(type: "bigint", nullable: false),
                    last_logs_at = table.Column<long>(type: "bigint", nullable: true),
                    last_traces_at = table.Column<long>(type: "bigint", nullable: true),
                    last_metrics_at = table.Column<long>(type: "bigint", nullable: true),
                    sends_prompts = table.Column<bool>(type: "boolean", nullable: true),
                    sends_tool_details = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_senders", x => new { x.system_key, x.sender_key });
                });

            migrationBuilder.CreateTable(
                name: "token_hours",
                columns: table => new
                {
                    system_key = table.Column<int>(type: "integer", nullable: false),
                    token_key = table.Column<int>(type: "integer", nullable: false),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    requests = table.Column<long>(type: "bigint", nullable: false),
                    records = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    last_at = table.Column<long>(type: "bigint", nullable: false)
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
