using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Messages;

/// <summary>Which messages leave, and in which form.</summary>
/// <param name="Query">Which messages; its page isn't looked at.</param>
/// <param name="Format">In which form.</param>
public sealed record MessageExport(MessageQuery Query, ExportFormat Format)
{
    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("format", "ndjson (a JSON object a line, which is meant where it isn't given) or csv."),
        .. MessageQuery.FilterParameters,
    ];

    /// <summary>Reads the parameters of <c>GET /api/v1/messages/export</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out MessageExport? export,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        var text = reader.Take("format") ?? "ndjson";
        if (text is not ("ndjson" or "csv"))
        {
            reader.Fail("format", $"format can't be \"{text}\". Allowed: ndjson, csv.");
        }

        var query = MessageQuery.Read(reader, scope);
        reader.RefuseOthers(MessageFields.Table);
        error = reader.Error;
        export = error is null ? new MessageExport(query, text == "csv" ? ExportFormat.Csv : ExportFormat.Ndjson) : null;
        return error is null;
    }
}
