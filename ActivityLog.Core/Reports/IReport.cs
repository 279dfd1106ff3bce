using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>A report: menu, page, API and export read the list of these. Safe to call from many threads.</summary>
public interface IReport
{
    /// <summary>What it is.</summary>
    ReportInfo Info { get; }

    /// <summary>What it can be asked beside what all reports can; the values are in <see cref="ReportQuery.Own"/>.</summary>
    IReadOnlyList<ReportParameter> Parameters => [];

    /// <summary>Runs it.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken);
}
