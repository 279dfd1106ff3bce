using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Queries;

/// <summary>SQL of fields and of the conditions on them.</summary>
internal static class FieldSql
{
    /// <summary>SQL of the join that <see cref="SqlText.Person"/> needs.</summary>
    public const string People = " left join names al on al.id = m.user_id and al.alias_of is not null";

    private const string Attributes = " left join attribute_sets a on a.system_key = m.system_key and a.set_key = m.attribute_set_key";

    /// <summary>SQL of a field's value: as it is kept in the row; of people, whom it stands for.</summary>
    public static string Of(QueryField field, SqlText sql) =>
        field.Kind == FieldKind.Metadata ? sql.Attribute(field.Sql)
        : field.Names == NameKind.User ? sql.Person(field.Sql)
        : field.Sql;

    /// <summary>SQL of the joins to rows <c>m</c> that the statement's expressions so far need.</summary>
    public static string Joins(SqlText sql) => (sql.UsesAttributes ? Attributes : "") + (sql.UsesPeople ? People : "");

    /// <summary>SQL of a row's value by which it is grouped: money as it is shown, anything else as it is kept.</summary>
    public static string GroupOf(QueryField field, SqlText sql) => field.Kind == FieldKind.Money ? ToMicrodollars(field.Sql) : Of(field, sql);

    /// <summary>SQL of a filter.</summary>
    public static string Condition(FieldFilter filter, SqlText sql)
    {
        var field = filter.Field;
        var values = filter.Values.OfType<object>().Distinct().ToList();
        var value = field.Names == NameKind.User ? field.Sql : Of(field, sql);
        var given = values.Count == 0 ? null : field.Kind switch
        {
            FieldKind.Name when field.Names == NameKind.User => $"{value} in ({PeopleNamed(values, sql)})",
            FieldKind.Name =>
                $"{value} in (select id from names where kind = {sql.Parameter((short)field.Names!.Value)} and value in ({sql.Parameters(values)}))",
            FieldKind.Token => $"{value} in (select key from tokens where id in ({sql.Parameters(values)}))",
            FieldKind.System => $"{value} in (select key from systems where id in ({sql.Parameters(values)}))",
            _ => $"{value} in ({sql.Parameters(values)})",
        };
        var none = filter.Values.Contains(null) ? $"{value} is null" : null;
        return given is not null && none is not null ? $"({given} or {none})" : given ?? none ?? "1 = 0";
    }

    // Whoever has one of these names, by all names that stand for them.
    private static string PeopleNamed(List<object> values, SqlText sql)
    {
        var people = $"select coalesce(alias_of, id) from names where kind = {sql.Parameter((short)NameKind.User)} and value in ({sql.Parameters(values)})";
        return $"{people} union all select id from names where alias_of in ({people})";
    }

    // Nanodollars to microdollars, half to even, as Nanodollars.ToMicrodollars.
    private static string ToMicrodollars(string nanodollars) =>
        $"({nanodollars} / 1000 + case when abs({nanodollars} % 1000) > 500 or (abs({nanodollars} % 1000) = 500 and ({nanodollars} / 1000) % 2 <> 0) " +
        $"then case when {nanodollars} < 0 then -1 else 1 end else 0 end)";
}
