using ActivityLog.Web.Reports;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace ActivityLog.Web.Api;

/// <summary>The OpenAPI document, and the page to try it.</summary>
internal static class ApiDocument
{
    private const string AccessTokenScheme = "accessToken";
    private const string IngestTokenScheme = "ingestToken";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ActivityLog",
                Version = "v1",
                Description =
                    "What AI coding agents did and what it cost. Sign in at /api/v1/auth/login and send the access token as a bearer token; " +
                    "senders of telemetry use an ingest token (al_…). Times are RFC 3339 in UTC. Costs named costMicrocents are USD × 10⁶. " +
                    "A parameter that isn't known, or a value that can't be, is a 400 that names it.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [AccessTokenScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The accessToken of /api/v1/auth/login.",
                },
                [IngestTokenScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "al_…",
                    Description = "A System's Token; it can only send.",
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
            {
                var scheme = ApiErrors.IsOtlp("/" + context.Description.RelativePath) ? IngestTokenScheme : AccessTokenScheme;
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] }];
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            // Written by a converter of its own: what the columns are is in the answer.
            if (context.JsonTypeInfo.Type == typeof(ReportRowView))
            {
                DescribeRow(schema);
            }
            else if (context.JsonTypeInfo.ElementType == typeof(ReportRowView))
            {
                var row = new OpenApiSchema();
                DescribeRow(row);
                schema.Items = row;
            }

            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        // Nothing from another host: no fonts, no proxy, no assistant.
        routes.MapScalarApiReference("/scalar", static (options, context) =>
        {
            options.Title = "ActivityLog API";
            options.Favicon = "/mark.svg";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Nonce = Hosting.SecurityHeaders.Nonce(context);
            options.DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools().AddPreferredSecuritySchemes(AccessTokenScheme);
        }).AllowAnonymous();
    }

    private static void DescribeRow(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Description = "Cells by the names of the columns.";
        schema.AdditionalProperties = new OpenApiSchema();
    }
}
