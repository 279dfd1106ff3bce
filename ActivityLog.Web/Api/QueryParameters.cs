using ActivityLog.Core.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace ActivityLog.Web.Api;

/// <summary>Query strings are read strictly: a parameter that a route doesn't know is a 400, never ignored.</summary>
internal static class QueryParameters
{
    /// <summary>Says which parameters the route reads by itself, and describes them in the API's document.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder route, IReadOnlyList<QueryParameter> parameters) =>
        route.WithMetadata(new ReadsQuery()).ProducesValidationProblem().AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var parameter in parameters)
            {
                operation.Parameters.Add(Describe(parameter));
            }

            return Task.CompletedTask;
        });

    /// <summary>Refuses parameters on the routes of a group that read none.</summary>
    public static RouteGroupBuilder RefuseUnknownQuery(this RouteGroupBuilder group) => group.AddEndpointFilter(static async (context, next) =>
    {
        var request = context.HttpContext.Request;
        var readsQuery = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ReadsQuery>() is not null;
        return readsQuery || Read(request) is not [var first, ..]
            ? await next(context)
            : new QueryError(first.Key, $"There is no parameter \"{first.Key}\" here: this address takes none.").ToProblem();
    });

    /// <summary>The parameters as given, in their order. The framework's own collection would merge names that differ in case.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(HttpRequest request)
    {
        List<KeyValuePair<string, string>> parameters = [];
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            parameters.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return parameters;
    }

    /// <summary>The 400 that names the parameter.</summary>
    public static ValidationProblem ToProblem(this QueryError error) => TypedResults.ValidationProblem(
        new Dictionary<string, string[]> { [error.Parameter] = [error.Message] }, error.Message);

    private static OpenApiParameter Describe(QueryParameter parameter)
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Repeats ? parameter.Description + " Repeated, it means or." : parameter.Description,
            Schema = parameter.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } : text,
            Explode = parameter.Repeats,
        };
    }

    private sealed class ReadsQuery;
}
