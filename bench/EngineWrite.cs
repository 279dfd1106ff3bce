namespace ActivityLog.Bench;

/// <summary>What the engine by itself did.</summary>
/// <param name="Rows">Rows it wrote.</param>
/// <param name="Elapsed">How long it wrote; reading them before isn't in it.</param>
/// <param name="Cpu">CPU time that its processes used meanwhile.</param>
internal sealed record EngineWrite(long Rows, TimeSpan Elapsed, TimeSpan Cpu)
{
    public double Rate => Rows / Elapsed.TotalSeconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Rows;
}
