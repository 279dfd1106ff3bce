using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Prices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "prices",
                columns: table => new
                {
                    model = table.Column<string>(type: "TEXT", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    provider = table.Column<string>(type: "TEXT", nullable: false),
                    aliases = table.Column<string>(type: "TEXT", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    basis = table.Column<string>(type: "TEXT", nullable: false),
                    as_of = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    input = table.Column<long>(type: "INTEGER", nullable: true),
                    output = table.Column<long>(type: "INTEGER", nullable: true),
                    cache_read = table.Column<long>(type: "INTEGER", nullable: true),
                    cache_write5m = table.Column<long>(type: "INTEGER", nullable: true),
                    cache_write1h = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_above_tokens = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_input = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_output = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_cache_read = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_cache_write5m = table.Column<long>(type: "INTEGER", nullable: true),
                    tier_cache_write1h = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prices", x => new { x.model, x.valid_from });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "prices");
        }
    }
}
