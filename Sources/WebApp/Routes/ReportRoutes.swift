import Accounts

extension Routes {
    /// The reports of the centre, those of the bodies, and what disagrees between them.
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
            .get(
                .reportPages(.parameter("period"), .parameter("revision")), .needs(.exportLists), ReportPage.pages),
            .get(.reportTable(.parameter("period"), .parameter("revision")), .needs(.exportLists), ReportPage.table),
            .get(.applications, .needs(.readReports), ApplicationsPage.show),
            .post(
                .reportContainer(.parameter("period"), .parameter("revision")), .needs(.revealPersonalData),
                bodyLimit: 8_192, ReportPage.container),
            .post(.reportSeal(.parameter("period")), .needs(.sealReports), bodyLimit: 8_192, ReportPage.seal),
            .get(.internalControl, .needs(.readReports), InternalControlPage.show),
            .post(.internalControl, .needs(.manageRequests), bodyLimit: 8_192, InternalControlPage.ask),
            .get(.filing(.parameter("id")), .needs(.readReports), FilingPage.show),
            .post(.filingLink(.parameter("id")), .needs(.manageRequests), bodyLimit: 8_192, FilingWay.act),
            .get(.filingSheet(.parameter("id")), .needs(.manageRequests), FilingSheet.show),
            .post(
                .filing(.parameter("id")), .needs(.sealReports), uploads: UploadLimits(files: 1), FilingPage.record),
            .get(.filingBlank(.parameter("id")), .needs(.readReports), FilingPage.blank),
            .get(.filingMarked(.parameter("id")), .needs(.readReports), FilingPage.marked),
            .get(.discrepancies, .needs(.readReports), DiscrepanciesPage.show),
            .get(.discrepancy(.parameter("id")), .needs(.readReports), DiscrepancyPage.show),
            .post(
                .discrepancy(.parameter("id")), .needs(.sealReports), uploads: UploadLimits(files: 1),
                DiscrepancyPage.record),
            .get(.discrepancyCases(.parameter("id")), .needs(.readReports), CasesPage.show),
            .post(
                .discrepancyCases(.parameter("id")), .needs(.sealReports),
                uploads: .forgotten(bytes: CasesPage.limit), CasesPage.act),
            .get(.discrepancyList(.parameter("id")), .needs(.readReports), CasesPage.template),
            .get(
                .explanation(.parameter("id"), .parameter("revision")), .needs(.readReports),
                DiscrepancyPage.explanation),
            .get(
                .explanationPages(.parameter("id"), .parameter("revision")), .needs(.readReports),
                DiscrepancyPage.explanationPages),
            .get(
                .explanationContainer(.parameter("id"), .parameter("revision")), .needs(.exportLists),
                DiscrepancyPage.explanationContainer),
        ]
    }
}
