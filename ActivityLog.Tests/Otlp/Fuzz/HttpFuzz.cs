namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Sends requests of a seed as OTLP/HTTP.</summary>
internal sealed class HttpFuzz(HttpClient client, string token, FuzzCases cases)
{
    // What a sender can be told of what it sent. A 503 would say that something here failed.
    private static readonly int[] s_allowed = [200, 400, 413, 415];

    public async Task<FuzzAnswer> SendAsync(int number)
    {
        var one = cases.Create(number);
        using var request = one.ToHttp(token);
        using var response = await client.SendAsync(request);
        var status = (int)response.StatusCode;
        var isAllowed = one.IsSound ? status == 200 : s_allowed.Contains(status);
        return new(status, isAllowed, one.IsSound ? one.Signal : null, isAllowed ? "" : await response.Content.ReadAsStringAsync());
    }
}
