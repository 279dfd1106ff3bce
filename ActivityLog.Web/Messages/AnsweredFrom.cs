using ActivityLog.Core.Queries;
using Microsoft.OpenApi;

namespace ActivityLog.Web.Messages;

/// <summary>The header that says whether an aggregate was answered from the summaries or from the messages themselves; the numbers are the same.</summary>
internal static class AnsweredFrom
{
    public const string Header = "X-Answered-From";

    /// <summary>Says it.</summary>
    public static void Tell(HttpResponse response, AggregateResult result) => response.Headers[Header] = result.IsOfSummaries ? "summaries" : "messages";

    /// <summary>Describes it in the API's document.</summary>
    public static RouteHandlerBuilder WithAnsweredFrom(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer(static (operation, _, _) =>
    {
        if (operation.Responses?.TryGetValue("200", out var answer) == true && answer is OpenApiResponse response)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[Header] = new OpenApiHeader
            {
                Description = "summaries, or messages where only they can tell: the numbers are the same, the time they take isn't.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        return Task.CompletedTask;
    });
}
