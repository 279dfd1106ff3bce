using System.Diagnostics.CodeAnalysis;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Messages;

/// <summary>Which messages, and what is made of them. <c>ai.repeat</c> rows are in it only when a filter on <c>type</c> names them.</summary>
/// <param name="Query">Which messages; its page isn't looked at.</param>
/// <param name="Aggregation">What is made of them.</param>
public sealed record MessageAggregate(MessageQuery Query, Aggregation Aggregation)
{
    /// <summary>The parameters, for the API's description.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } = [.. MessageQuery.FilterParameters, .. Aggregation.ParametersOf(MessageFields.Table)];

    /// <summary>Whether a filter asks for <c>ai.repeat</c> rows, which are left out else.</summary>
    internal bool NamesRepeats =>
        Query.Filters.Any(static filter => filter.Field == MessageFields.Type && filter.Values.Contains((long)MessageType.Repeat));

    /// <summary>Reads the parameters of <c>GET /api/v1/messages/aggregate</c> strictly: what isn't known or can't be is an error.</summary>
    public static bool TryParse(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryScope scope,
        [NotNullWhen(true)] out MessageAggregate? query,
        [NotNullWhen(false)] out QueryError? error)
    {
        var reader = new ParameterReader(parameters);
        var aggregation = Aggregation.Read(reader, MessageFields.Table);
        var rows = MessageQuery.Read(reader, scope);
        reader.RefuseOthers(MessageFields.Table);
        error = reader.Error;
        query = error is null ? new MessageAggregate(rows, aggregation) : null;
        return error is null;
    }
}
