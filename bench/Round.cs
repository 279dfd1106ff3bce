namespace ActivityLog.Bench;

/// <summary>One pair of measurements: the product, and right after it the engine by itself.</summary>
/// <param name="Load">What the product did.</param>
/// <param name="ServerCpu">CPU time that its process used meanwhile.</param>
/// <param name="DatabaseCpu">CPU time that the engine's processes used meanwhile; zero for one inside the product's.</param>
/// <param name="Engine">What the engine did.</param>
internal sealed record Round(Load Load, TimeSpan ServerCpu, TimeSpan DatabaseCpu, EngineWrite Engine)
{
    public double Ratio => Load.Rate / Engine.Rate;

    public double ServerMicroseconds => ServerCpu.TotalMicroseconds / Load.Records;

    public double DatabaseMicroseconds => DatabaseCpu.TotalMicroseconds / Load.Records;

    public double PerCpuSecond => Load.Records / (ServerCpu + DatabaseCpu).TotalSeconds;

    public override string ToString() =>
        $"engine {Engine.Rate:n0} rows/s at {Engine.CpuMicroseconds:0.0} µs of CPU, ActivityLog {Load.Rate:n0} records/s ({Ratio:0.00}), CPU a record: " +
        $"server {ServerMicroseconds:0.0} µs, database {DatabaseMicroseconds:0.0} µs; p50 {Load.P50Ms:0} ms, p99 {Load.P99Ms:0} ms";
}
