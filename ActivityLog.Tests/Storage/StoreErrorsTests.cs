using System.Net.Sockets;
using ActivityLog.Core.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ActivityLog.Tests.Storage;

public sealed class StoreErrorsTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CrashShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.TooManyConnections, true)]
    [InlineData(PostgresErrorCodes.DiskFull, true)]
    [InlineData(PostgresErrorCodes.OutOfMemory, true)]
    [InlineData(PostgresErrorCodes.IoError, true)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, true)]
    [InlineData(PostgresErrorCodes.InvalidPassword, true)]
    [InlineData(PostgresErrorCodes.QueryCanceled, true)]
    [InlineData(PostgresErrorCodes.LockNotAvailable, true)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    [InlineData(PostgresErrorCodes.InvalidTextRepresentation, false)]
    [InlineData(PostgresErrorCodes.ProgramLimitExceeded, false)]
    public void WillPass_OfPostgres_IsTrueWhereTheStatementIsntAtFault(string sqlState, bool willPass)
    {
        var exception = new PostgresException("it failed", "ERROR", "ERROR", sqlState);

        StoreErrors.WillPass(exception).ShouldBe(willPass);
        StoreErrors.WillPass(new DbUpdateException("not saved", exception)).ShouldBe(willPass);
        StoreErrors.WillPass(new InvalidOperationException("likely due to a transient failure", exception)).ShouldBe(willPass);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.UndefinedTable, true)]
    [InlineData(PostgresErrorCodes.UndefinedColumn, true)]
    [InlineData(PostgresErrorCodes.InvalidColumnReference, true)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, true)]
    [InlineData(PostgresErrorCodes.InvalidSchemaName, true)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    [InlineData(PostgresErrorCodes.InvalidTextRepresentation, false)]
    [InlineData(PostgresErrorCodes.AdminShutdown, false)]
    public void IsIncomplete_OfPostgres_IsTrueWhereTablesOrRightsAreMissing(string sqlState, bool isIncomplete)
    {
        var exception = new PostgresException("it failed", "ERROR", "ERROR", sqlState);

        StoreErrors.IsIncomplete(exception).ShouldBe(isIncomplete);
        StoreErrors.IsIncomplete(new DbUpdateException("not saved", exception)).ShouldBe(isIncomplete);
        StoreErrors.IsIncomplete(new StoreUnavailableException("away", exception)).ShouldBe(isIncomplete);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(1, false)]
    [InlineData(19, false)]
    public void WillPass_OfSqlite_IsTrueForLocksAndDisks(int code, bool willPass) =>
        StoreErrors.WillPass(new SqliteException("it failed", code)).ShouldBe(willPass);

    [Fact]
    public void WillPass_OfTheNetwork_IsTrue()
    {
        StoreErrors.WillPass(new NpgsqlException("the connection broke", new IOException())).ShouldBeTrue();
        StoreErrors.WillPass(new SocketException((int)SocketError.HostNotFound)).ShouldBeTrue();
        StoreErrors.WillPass(new TimeoutException()).ShouldBeTrue();
    }

    [Fact]
    public void WillPass_OfTheProgram_IsFalse()
    {
        StoreErrors.WillPass(new InvalidOperationException("a fault of the program")).ShouldBeFalse();
        StoreErrors.WillPass(new ArgumentException("a fault of the program")).ShouldBeFalse();
    }
}
