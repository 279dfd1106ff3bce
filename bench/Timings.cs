namespace ActivityLog.Bench;

/// <summary>How long repeated runs took, in milliseconds.</summary>
/// <param name="Cold">The first after the server was started.</param>
/// <param name="P50">Median of the others.</param>
/// <param name="P95">95th percentile of the others.</param>
/// <param name="Sql">Median of the plain SQL; null where there is none.</param>
internal sealed record Timings(double Cold, double P50, double P95, double? Sql)
{
    /// <summary>A percentile of values, by the nearest rank.</summary>
    public static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>The cells of a table: cold, p50, p95, plain SQL, how many times as fast.</summary>
    public override string ToString() => $"{Ms(Cold)} | {Ms(P50)} | {Ms(P95)} | {(Sql is { } sql ? $"{Ms(sql)} | {sql / P50:0.0}×" : "– | –")}";

    private static string Ms(double value) => value < 10 ? $"{value:0.0}" : $"{value:n0}";
}
