using System.Net;
using ActivityLog.Web.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ActivityLog.Tests.Hosting.Telemetry;

public sealed class MetricsAccessTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.5", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData(null, false)]
    public void Allows_NoOption_OnlyTheMachineItself(string? address, bool allowed) => Allows(address).ShouldBe(allowed);

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Original-For", "127.0.0.1:5000")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public void Allows_ThroughAProxyOnThisMachine_Refuses(string header, string value) => Allows("127.0.0.1", header, value).ShouldBeFalse();

    [Fact]
    public void Allows_NetworkOfTheOption_LetsItIn()
    {
        Allows("10.1.2.3", networks: "10.0.0.0/8").ShouldBeTrue();
        Allows("::ffff:10.1.2.3", networks: "10.0.0.0/8").ShouldBeTrue();
        Allows("11.1.2.3", networks: "10.0.0.0/8").ShouldBeFalse();
        // Passed on by a proxy in that network: who asked is somebody else.
        Allows("10.1.2.3", "X-Forwarded-For", "203.0.113.7", "10.0.0.0/8").ShouldBeFalse();
        Allows("203.0.113.7", networks: "0.0.0.0/0").ShouldBeTrue();
    }

    private static bool Allows(string? address, string? header = null, string? value = null, params string[] networks)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = address is null ? null : IPAddress.Parse(address) } };
        if (header is not null)
        {
            context.Request.Headers[header] = value;
        }

        return new MetricsAccess(Options.Create(new TelemetryOptions { MetricsNetworks = networks })).Allows(context);
    }
}
