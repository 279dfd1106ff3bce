using ActivityLog.Ingest.Tokens;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Tokens;

namespace ActivityLog.Tests.Tokens;

public sealed class RefusalAdviceTests
{
    [Theory]
    [InlineData(415, "wrong content type", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")]
    [InlineData(415, RefusalReasons.NoGrpc, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc")]
    [InlineData(405, RefusalReasons.NoGrpc, "health check")]
    [InlineData(400, RefusalReasons.Tls, "http://")]
    [InlineData(400, RefusalReasons.NoHttp, "no exporter")]
    [InlineData(400, RefusalReasons.Unreadable, "no exporter")]
    [InlineData(400, "can't be decoded", "changes the body")]
    public void Of_AReason_SaysWhatMendsIt(int status, string reason, string says) =>
        RefusalAdvice.Of(new(null, null, null, "10.0.0.1", status, reason, 1, A.Noon, A.Noon)).ShouldContain(says);
}
