using System.Text.Json.Serialization;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Messages;

namespace ActivityLog.Web.Api;

/// <summary>What all routes of the API share.</summary>
internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiExceptionHandler>();
        // What can't be bound is told by ApiExceptionHandler, by the name of the field.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static options =>
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow);
        services.AddSingleton<MessageExportWriter>();
        services.AddApiDocument();
        return services;
    }

    /// <summary>The group of all routes that need an access token: a new route can't forget it.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1").RequireAuthorization(Policies.Api).RefuseUnknownQuery()
            .ProducesProblem(StatusCodes.Status401Unauthorized);
}
