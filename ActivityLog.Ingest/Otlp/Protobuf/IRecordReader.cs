using ActivityLog.Ingest.Otlp.Mapping;

namespace ActivityLog.Ingest.Otlp.Protobuf;

/// <summary>Reads and maps one record.</summary>
internal interface IRecordReader
{
    /// <param name="record">A log record or a span.</param>
    /// <param name="shared">What its resource and scope say of it.</param>
    void Read(ProtobufReader record, SharedAttributes shared);
}
