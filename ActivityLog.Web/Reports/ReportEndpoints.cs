using System.Security.Claims;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ActivityLog.Web.Reports;

/// <summary>Reports, with the numbers of their pages.</summary>
internal static class ReportEndpoints
{
    private const string Json = "application/json";

    public static RouteGroupBuilder MapReports(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/reports").WithTags("Reports");
        group.MapGet("", List).WithName("ListReports").WithSummary("The reports there are");
        group.MapGet("/metadata-keys", ListKeysAsync).WithName("ListMetadataKeys").WithSummary("Attributes that cost can be told apart by")
            .WithDescription("Those of the latest calls with at most 200 different values, pinned ones first.");
        group.MapGet("/forecast", ForecastAsync).WithQuery(ReportQuery.ParametersWithoutRange).WithName("ForecastMonth")
            .WithSummary("What this month cost so far, and where it may end")
            .WithDescription($"{MonthForecast.Explanation} Of the month that it is in tz. As JSON, or with format=csv or Accept: text/csv as CSV. Money is in microdollars (USD × 10⁶).")
            .Produces<ForecastView>(StatusCodes.Status200OK, Json, CsvWriter.ContentType);
        group.MapGet("/{slug}", RunAsync).WithQuery([.. ReportQuery.Parameters, .. ReportParameters.All.Select(static one => one.ToQueryParameter())]).WithName("RunReport")
            .WithSummary("A report")
            .WithDescription("As JSON, or with format=csv or Accept: text/csv as CSV. Money is in microdollars (USD × 10⁶).")
            .Produces<ReportView>(StatusCodes.Status200OK, Json, CsvWriter.ContentType);
        return group;
    }

    private static Ok<List<ReportInfo>> List(IEnumerable<IReport> reports) => TypedResults.Ok(reports.Select(static report => report.Info).ToList());

    private static async Task<Ok<IReadOnlyList<MetadataKey>>> ListKeysAsync(
        IMetadataKeyStore keys, SystemAccess access, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var scope = await access.ScopeAsync(person, cancellationToken);
        return TypedResults.Ok(await keys.ListAsync([.. scope.Systems.Values], cancellationToken));
    }

    private static async Task<Results<Ok<ForecastView>, FileContentHttpResult, ValidationProblem>> ForecastAsync(
        HttpRequest request, IOverviewStore overviews, SystemAccess access, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (!ReportQuery.TryParse(QueryParameters.Read(request), [], await access.ScopeAsync(person, cancellationToken), out var query, out var error, hasRange: false))
        {
            return error.ToProblem();
        }

        var forecast = ForecastView.Of(await overviews.GetMonthAsync(query, cancellationToken), query.Zone);
        return WantsCsv(request) ? TypedResults.File(forecast.ToCsv(), CsvWriter.ContentType, "forecast.csv") : TypedResults.Ok(forecast);
    }

    private static async Task<Results<Ok<ReportView>, FileContentHttpResult, NotFound, ValidationProblem>> RunAsync(
        string slug, HttpRequest request, IEnumerable<IReport> reports, SystemAccess access, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (reports.FirstOrDefault(one => one.Info.Slug == slug) is not { } report)
        {
            return TypedResults.NotFound();
        }

        if (!ReportQuery.TryParse(QueryParameters.Read(request), report.Parameters, await access.ScopeAsync(person, cancellationToken), out var query, out var error))
        {
            return error.ToProblem();
        }

        var table = await report.RunAsync(query, cancellationToken);
        return WantsCsv(request)
            ? TypedResults.File(CsvWriter.Write(table), CsvWriter.ContentType, $"{slug}.csv")
            : TypedResults.Ok(ReportView.Of(table));
    }

    private static bool WantsCsv(HttpRequest request)
    {
        if (request.Query["format"] is [{ } format])
        {
            return format == "csv";
        }

        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(static type => type.Quality ?? 1);
        return accepted.FirstOrDefault(static type => IsCsv(type) || type.MatchesMediaType(Json)) is { } first && IsCsv(first);
    }

    private static bool IsCsv(MediaTypeHeaderValue type) => type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);
}
