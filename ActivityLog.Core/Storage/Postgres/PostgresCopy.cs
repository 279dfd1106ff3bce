using Npgsql;
using NpgsqlTypes;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Writes rows into a binary COPY, in the order of <see cref="MessageColumns"/>.</summary>
internal static class PostgresCopy
{
    public static async Task WriteAsync(NpgsqlBinaryImporter copy, MessageRow row, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(row.SystemKey, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(row.SessionKey, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.CallKey, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.OccurredAt, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.StartedAt, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.ReceivedAt, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.ExpiresAt, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.TokenKey, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync((short)row.Parts, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync((short)row.Marks, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync((short)row.Type, NpgsqlDbType.Smallint, cancellationToken);
        await WriteAsync(copy, (short?)row.Level, NpgsqlDbType.Smallint, cancellationToken);
        await WriteAsync(copy, (short?)row.Status, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(row.NameId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.ServiceId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.ModelId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.ProviderId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.UserId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.ToolId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.AgentId, NpgsqlDbType.Integer, cancellationToken);
        await WriteAsync(copy, row.InputTokens, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.OutputTokens, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.CacheReadTokens, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.CacheCreateTokens, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.CostNanodollars, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.DurationMs, NpgsqlDbType.Double, cancellationToken);
        await WriteAsync(copy, row.TtftMs, NpgsqlDbType.Double, cancellationToken);
        await WriteAsync(copy, row.TraceId, NpgsqlDbType.Bytea, cancellationToken);
        await WriteAsync(copy, row.SpanId, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.ParentSpanId, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.AttributeSetKey, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(copy, row.SessionId, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(copy, row.PromptId, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(copy, row.RequestId, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(copy, row.ToolUseId, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(copy, row.Error, NpgsqlDbType.Text, cancellationToken);
        await WriteAsync(copy, row.Body, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(row.Metadata, NpgsqlDbType.Jsonb, cancellationToken);
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct =>
        value is { } number ? copy.WriteAsync(number, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : class =>
        value is not null ? copy.WriteAsync(value, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);
}
