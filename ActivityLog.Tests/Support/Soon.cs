using System.Diagnostics;

namespace ActivityLog.Tests.Support;

/// <summary>Waits for what happens by itself.</summary>
internal static class Soon
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the condition holds; fails when it doesn't in time.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? within = null, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        var deadline = within ?? TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            (watch.Elapsed < deadline).ShouldBeTrue($"after {deadline.TotalSeconds:0} s still not: {what}");
            await Task.Delay(s_interval);
        }
    }

    /// <summary>Returns when the task has ended, with its result; fails when it hasn't in time.</summary>
    public static async Task EndAsync(Task task, string what, TimeSpan? within = null)
    {
        var deadline = within ?? TimeSpan.FromSeconds(60);
        await Task.WhenAny(task, Task.Delay(deadline));
        task.IsCompleted.ShouldBeTrue($"after {deadline.TotalSeconds:0} s still not at its end: {what}");
        await task;
    }

    /// <summary>The same for what is known at once.</summary>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? within = null, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), within, what);
}
