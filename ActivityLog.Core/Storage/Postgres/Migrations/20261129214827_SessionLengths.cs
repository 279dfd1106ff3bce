using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SessionLengths : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sessions_time",
                table: "sessions");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_time",
                table: "sessions",
                columns: new[] { "system_key", "last_at", "first_at", "session_key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sessions_time",
                table: "sessions");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_time",
                table: "sessions",
                columns: new[] { "system_key", "last_at" });
        }
    }
}
