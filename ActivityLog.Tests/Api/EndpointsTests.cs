using System.Text.Encodings.Web;
using System.Text.Json;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Api;

/// <summary>Each route with its method and policy: one that is new, or loses its policy, shows in the snapshot's diff.</summary>
public sealed class EndpointsTests(SqliteAppFixture fixture) : IClassFixture<SqliteAppFixture>
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Routes_OfTheProduct_AreThoseOfTheSnapshot()
    {
        var routes = fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(static endpoint => Describe(endpoint))
            .Distinct().OrderBy(static route => route.Key, StringComparer.Ordinal).ToList();

        var folder = Path.Combine(AppContext.BaseDirectory, "Snapshots");
        File.WriteAllText(Path.Combine(folder, "endpoints.actual.json"), JsonSerializer.Serialize(new Dictionary<string, string>(routes), s_json) + "\n");
        var expected = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(folder, "endpoints.json")))!;
        var hint = $"If this is meant, {folder}/endpoints.actual.json is the new snapshot.";
        routes.Except(expected).ShouldBeEmpty(hint);
        expected.Except(routes).ShouldBeEmpty(hint);
    }

    [Fact]
    public void Routes_OfTheProduct_HaveAPolicyOrSayThatTheyNeedNone() =>
        fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(static endpoint => Describe(endpoint))
            .ShouldAllBe(static route => route.Value != "");

    private static IEnumerable<KeyValuePair<string, string>> Describe(RouteEndpoint endpoint)
    {
        var policy = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? "anyone"
            : string.Join(" + ", endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Select(static data => data.Policy ?? (data.Roles is null ? "signed in" : $"role {data.Roles}")).Distinct());
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [_, ..] some ? some : ["ANY"];
        return methods.Select(method => KeyValuePair.Create($"/{endpoint.RoutePattern.RawText?.TrimStart('/')} {method}", policy));
    }
}
