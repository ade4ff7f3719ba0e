using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plainproof.Storage.Records;

/// <summary>
/// How records become tables, the same on both databases: snake_case names; TEXT, BIGINT, DOUBLE PRECISION and BYTEA; times as microseconds
/// UTC; days and enums as words. A flag has no column type on purpose: a state says who and when.
/// </summary>
internal static class RecordModel
{
    /// <summary>The records that a configuration in the assembly describes.</summary>
    public static IEnumerable<Type> Found(Assembly folders, Type kind) =>
        folders.GetTypes().Where(type => !type.IsAbstract).Select(RecordOf).OfType<Type>().Where(record => record.IsSubclassOf(kind)).Distinct();

    /// <summary>Null when the type is no configuration.</summary>
    public static Type? RecordOf(Type configuration) => configuration.GetInterfaces()
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>))?.GetGenericArguments()[0];

    public static void Shape(IMutableModel model)
    {
        foreach (var record in model.GetEntityTypes())
        {
            record.SetTableName(Snake(record.ClrType.Name));
            record.FindProperty(nameof(Record.Version))!.IsConcurrencyToken = true;
            foreach (var property in record.GetProperties())
                Shape(property);
        }
    }

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static void Shape(IMutableProperty property)
    {
        property.SetColumnName(Snake(property.Name));
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var (column, converter) = type switch
        {
            _ when type == typeof(string) => ("TEXT", null),
            _ when type == typeof(long) => ("BIGINT", null),
            _ when type == typeof(int) => ("BIGINT", new CastingConverter<int, long>()),
            _ when type == typeof(double) => ("DOUBLE PRECISION", null),
            _ when type == typeof(byte[]) => ("BYTEA", null),
            _ when type == typeof(DateTimeOffset) => ("BIGINT", new ValueConverter<DateTimeOffset, long>(at => Micros.Of(at), micros => Micros.Time(micros))),
            _ when type == typeof(DateOnly) => ("TEXT", new ValueConverter<DateOnly, string>(day => Words.Day(day)!, text => Words.Day(text)!.Value)),
            _ when type.IsEnum => ("TEXT", (ValueConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(type))!),
            _ => throw new InvalidOperationException($"{property.DeclaringType.ClrType.Name}.{property.Name}: a record holds no {type.Name}."),
        };
        property.SetColumnType(column);
        property.SetValueConverter(converter);
    }

    private sealed class WordConverter<T>() : ValueConverter<T, string>(value => Words.Of(value), word => Words.Parse<T>(word)) where T : struct, Enum;
}
