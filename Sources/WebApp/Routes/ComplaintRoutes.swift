import Accounts

extension Routes {
    /// Complaints.
    static var complaints: [Route] {
        [
            .get(.complaints, .needs(.readComplaints), ComplaintsPage.show),
            .get(.complaintNew, .needs(.registerComplaints), ComplaintNewPage.show),
            .post(.complaintNew, .needs(.registerComplaints), ComplaintNewPage.act),
            .get(.incoming, .needs(.readComplaints), IncomingPage.show),
            .get(.incomingOne(.parameter("id")), .needs(.manageComplaints), IncomingOnePage.show),
            .post(.incomingOne(.parameter("id")), .needs(.manageComplaints), IncomingOnePage.act),
            .post(
                .incomingDuplicate(.parameter("id")), .needs(.manageComplaints), bodyLimit: 8_192,
                IncomingOnePage.closeDuplicate),
            .post(
                .incomingReveal(.parameter("id")), .needs(.revealPersonalData), bodyLimit: 8_192,
                IncomingOnePage.reveal),
            .get(.intakeLearning, .needs(.readComplaints), LearningPage.show),
            .get(.complaintsUnreceived, .needs(.readComplaints), UnreceivedPage.show),
            .get(.complaintRules, .needs(.readComplaints), RulesPage.show),
            .post(.complaintsBulk, .needs(.manageComplaints), bodyLimit: 65_536, ComplaintBulkPage.act),
            .post(.complaintViews, .needs(.manageComplaints), bodyLimit: 8_192, ComplaintsPage.changeViews),
            .get(.complaintImport, .needs(.manageComplaints), ComplaintImportPage.show),
            .post(
                .complaintImport, .needs(.manageComplaints), uploads: .forgotten(bytes: ComplaintImportPage.limit),
                ComplaintImportPage.take),
            .post(
                .complaintStep(.parameter("id"), .parameter("step")), .needs(.manageComplaints),
                uploads: UploadLimits(files: 1), ComplaintPage.step),
            .post(
                .complaintReveal(.parameter("id")), .needs(.revealPersonalData), bodyLimit: 8_192,
                ComplaintPage.reveal),
            .post(
                .complaintWay(.parameter("id")), .needs(.manageComplaints), bodyLimit: 16_384, ComplaintWayPanel.act),
            .get(
                .complaintLetter(.parameter("id"), .parameter("letter")), .needs(.readComplaints),
                ComplaintSheet.letter),
            .post(
                .complaintSheet(.parameter("id")), .needs(.revealPersonalData), bodyLimit: 8_192, ComplaintSheet.show),
            .get(.complaint(.parameter("id")), .needs(.readComplaints), ComplaintPage.show),
        ]
    }
}
