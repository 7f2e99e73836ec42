import Accounts

extension Routes {
    /// Monthly reports.
    static var reports: [Route] {
        [
            .get(.reports, .needs(.readReports), ReportsPage.show),
            .get(.statistics, .needs(.readStatistics), StatisticsPage.show),
            .get(.report(.parameter("period")), .needs(.readReports), ReportPage.show),
            .get(
                .reportSignature(.parameter("period"), .parameter("revision")), .needs(.readReports),
                ReportPage.signature),
            .get(
                .reportWorkbook(.parameter("period"), .parameter("revision")), .needs(.exportLists),
                ReportPage.workbook),
            .post(.reportSeal(.parameter("period")), .needs(.sealReports), bodyLimit: 8_192, ReportPage.seal),
        ]
    }
}
