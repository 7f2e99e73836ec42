extension Routes {
    /// Complaints.
    static var complaints: [Route] {
        [
            .get(.complaints, .needs(.readComplaints), ComplaintsPage.show),
            .get(.complaint(.parameter("id")), .needs(.readComplaints), ComplaintPage.show),
        ]
    }
}
