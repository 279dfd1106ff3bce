using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActivityLog.Core.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ObservationIncrements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "count_increment",
                table: "metric_points",
                type: "bigint",
                nullable: true);

            // What was stored before: by the rule of MetricRows.RecountSql.
            migrationBuilder.Sql(
                """
                UPDATE metric_points SET count_increment = counted.increment
                FROM (
                    SELECT p.system_key, p.series_key, p.occurred_at, p.started_at, p.value,
                        CASE
                            WHEN s.temporality <> 2 OR lag(p.count) OVER w IS NULL OR lag(p.started_at) OVER w <> p.started_at OR p.count < lag(p.count) OVER w THEN p.count
                            ELSE p.count - lag(p.count) OVER w
                        END AS increment
                    FROM metric_points AS p JOIN metric_series AS s ON s.system_key = p.system_key AND s.series_key = p.series_key
                    WHERE p.count IS NOT NULL
                    WINDOW w AS (PARTITION BY p.system_key, p.series_key ORDER BY p.occurred_at, p.started_at, p.value)
                ) AS counted
                WHERE metric_points.system_key = counted.system_key AND metric_points.series_key = counted.series_key
                    AND metric_points.occurred_at = counted.occurred_at AND metric_points.started_at = counted.started_at AND metric_points.value = counted.value
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "count_increment",
                table: "metric_points");
        }
    }
}
