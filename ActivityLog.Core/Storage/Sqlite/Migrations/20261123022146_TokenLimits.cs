using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TokenLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "bytes_per_day",
                table: "tokens",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "records_per_second",
                table: "tokens",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "bytes",
                table: "token_hours",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "bytes_per_day",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "records_per_second",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "bytes",
                table: "token_hours");
        }
    }
}
