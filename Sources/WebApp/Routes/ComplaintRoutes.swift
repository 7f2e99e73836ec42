extension Routes {
    /// Complaints.
    static var complaints: [Route] {
        [
            .get(.complaints, .needs(.readComplaints), ComplaintsPage.show),
            .get(.complaintNew, .needs(.registerComplaints), ComplaintNewPage.show),
            .post(.complaintNew, .needs(.registerComplaints), ComplaintNewPage.register),
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
            .get(.complaint(.parameter("id")), .needs(.readComplaints), ComplaintPage.show),
        ]
    }
}
