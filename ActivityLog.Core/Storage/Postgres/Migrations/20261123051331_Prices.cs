using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
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
                    model = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    basis = table.Column<string>(type: "text", nullable: false),
                    as_of = table.Column<DateOnly>(type: "date", nullable: false),
                    input = table.Column<long>(type: "bigint", nullable: true),
                    output = table.Column<long>(type: "bigint", nullable: true),
                    cache_read = table.Column<long>(type: "bigint", nullable: true),
                    cache_write5m = table.Column<long>(type: "bigint", nullable: true),
                    cache_write1h = table.Column<long>(type: "bigint", nullable: true),
                    tier_above_tokens = table.Column<long>(type: "bigint", nullable: true),
                    tier_input = table.Column<long>(type: "bigint", nullable: true),
                    tier_output = table.Column<long>(type: "bigint", nullable: true),
                    tier_cache_read = table.Column<long>(type: "bigint", nullable: true),
                    tier_cache_write5m = table.Column<long>(type: "bigint", nullable: true),
                    tier_cache_write1h = table.Column<long>(type: "bigint", nullable: true)
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
