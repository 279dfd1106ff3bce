using ActivityLog.Ingest.Otlp.Attributes;
using ActivityLog.Ingest.Otlp.Mapping;
using Google.Protobuf;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Ingest.Otlp.Protobuf;

/// <summary>
/// Reads attributes where they lie. The records of a request bear the same ones in the same order, most with the same values: each is compared with the one that
/// stood in its place in the record before, and what is equal isn't read again. What is rare, values in values, is left to the generated classes.
/// For one body.
/// </summary>
internal sealed class AttributeReader(ElementBudget budget)
{
    private const uint ResourceAttributes = (1 << 3) | ProtobufReader.Sized;
    private const uint ScopeName = (1 << 3) | ProtobufReader.Sized;
    private const uint ScopeVersion = (2 << 3) | ProtobufReader.Sized;
    private const uint ScopeAttributes = (3 << 3) | ProtobufReader.Sized;
    private const uint Key = (1 << 3) | ProtobufReader.Sized;
    private const uint Value = (2 << 3) | ProtobufReader.Sized;
    private const uint StringValue = (1 << 3) | ProtobufReader.Sized;
    private const uint BoolValue = (2 << 3) | ProtobufReader.Number;
    private const uint IntValue = (3 << 3) | ProtobufReader.Number;
    private const uint DoubleValue = (4 << 3) | ProtobufReader.EightBytes;
    private const uint ArrayValue = (5 << 3) | ProtobufReader.Sized;
    private const uint ListValue = (6 << 3) | ProtobufReader.Sized;
    private const uint BytesValue = (7 << 3) | ProtobufReader.Sized;

    // Attributes further behind are read each time.
    private const int MaxPlaces = 128;

    private static readonly MessageParser<KeyValue> s_attributes = KeyValue.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<AnyValue> s_values = AnyValue.Parser.WithDiscardUnknownFields(true);

    private readonly List<Place> _places = [];

    /// <summary>What the request may hold.</summary>
    public ElementBudget Budget => budget;

    /// <summary>Reads a resource.</summary>
    public void ReadResource(ProtobufReader resource, Dictionary<AttributeName, AttributeValue> found)
    {
        budget.TakeElement();
        while (resource.Next())
        {
            if (resource.Tag == ResourceAttributes)
            {
                var (name, value) = ReadAttribute(resource.Message());
                found[name] = value;
            }
            else
            {
                resource.Skip();
            }
        }
    }

    /// <summary>Reads a scope.</summary>
    public void ReadScope(ProtobufReader scope, ScopeAttributes found)
    {
        budget.TakeElement();
        while (scope.Next())
        {
            switch (scope.Tag)
            {
                case ScopeName:
                    found.Name = scope.Text();
                    break;
                case ScopeVersion:
                    found.Version = scope.Text();
                    break;
                case ScopeAttributes:
                    var (name, value) = ReadAttribute(scope.Message());
                    found.Attributes[name] = value;
                    break;
                default:
                    scope.Skip();
                    break;
            }
        }
    }

    /// <summary>Reads an attribute of a record.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="index">Its place among the record's.</param>
    public RecordAttribute Read(ProtobufReader attribute, int index)
    {
        if (index < _places.Count && _places[index] is var known && attribute.Body.Slice(known.Start, known.Length).SequenceEqual(attribute.Whole))
        {
            budget.Take(known.Elements);
            return known.Attribute;
        }

        var left = budget.ElementsLeft;
        var (name, value) = ReadAttribute(attribute);
        var read = new RecordAttribute(name, value);
        var place = new Place(attribute.Start, attribute.Length, left - budget.ElementsLeft, read);
        if (index < _places.Count)
        {
            _places[index] = place;
        }
        else if (index < MaxPlaces)
        {
            _places.Add(place);
        }

        return read;
    }

    /// <summary>Reads a value.</summary>
    public AttributeValue ReadValue(ProtobufReader value)
    {
        if (TryReadPlain(value, out var plain))
        {
            budget.TakeElement();
            return plain;
        }

        budget.TakeElement();
        budget.TakeAll(value.Whole, AnyValue.Descriptor);
        return AnyValues.Read(GeneratedMessage.Parse(s_values, value.Whole));
    }

    private (AttributeName Name, AttributeValue Value) ReadAttribute(ProtobufReader attribute)
    {
        budget.TakeElement();
        AttributeName? name = null;
        AttributeValue? value = null;
        while (attribute.Next())
        {
            switch (attribute.Tag)
            {
                case Key:
                    name = AttributeName.Of(attribute.Bytes());
                    break;
                case Value when value is null && TryReadPlain(attribute.Message(), out var plain):
                    budget.TakeElement();
                    value = plain;
                    break;
                case Value:
                    budget.TakeAll(attribute.Whole, KeyValue.Descriptor);
                    var generated = GeneratedMessage.Parse(s_attributes, attribute.Whole);
                    return (AttributeName.Of(generated.Key), AnyValues.Read(generated.Value));
                default:
                    attribute.Skip();
                    break;
            }
        }

        return (name ?? AttributeName.Empty, value ?? default);
    }

    // False for a value that holds values.
    private static bool TryReadPlain(ProtobufReader value, out AttributeValue plain)
    {
        plain = default;
        while (value.Next())
        {
            switch (value.Tag)
            {
                case StringValue:
                    plain = AttributeValue.Text(Utf8Text.ReadRepaired(value.Bytes()));
                    break;
                case BoolValue:
                    plain = AttributeValue.Bool(value.Varint() != 0);
                    break;
                case IntValue:
                    plain = AttributeValue.Int((long)value.Varint());
                    break;
                case DoubleValue:
                    plain = AttributeValue.Double(value.Double());
                    break;
                case BytesValue:
                    plain = AttributeValue.Bytes(value.Bytes());
                    break;
                case ArrayValue or ListValue:
                    return false;
                default:
                    value.Skip();
                    break;
            }
        }

        return true;
    }

    // What stood at a place: where in the body, how many elements it was, and what it says.
    private readonly record struct Place(int Start, int Length, int Elements, RecordAttribute Attribute);
}
