import Accounts

extension Routes {
    /// Information requests and their clocks.
    static var requests: [Route] {
        [
            .get(.clocks, .needs(.readRequests), ClocksPage.show),
            .post(.clockReview, .needs(.readCalendar), bodyLimit: 8_192, ClockReview.decide),
            .get(.violations, .needs(.readReports), ViolationsPage.show),
            .get(.violation(.parameter("id")), .needs(.readReports), ViolationPage.show),
            // Who may decide is told by the kind of the case; the form may carry a document.
            .post(
                .violation(.parameter("id")), .needs(.attachFiles), uploads: UploadLimits(files: 1), ViolationPage.act),
            .get(.requests, .needs(.readRequests), RequestsPage.show),
            .get(.request(.parameter("id")), .needs(.readRequests), RequestPage.show),
            .post(.request(.parameter("id")), .needs(.manageRequests), uploads: UploadLimits(), RequestPage.record),
            .get(.requestCard(.parameter("id")), .needs(.readRequests), ProposalPage.show),
            .post(.requestCard(.parameter("id")), .needs(.manageRequests), ProposalPage.act),
            .get(.duty(.parameter("kind"), .parameter("id")), .needs(.readRequests), DutyPage.show),
            .post(
                .duty(.parameter("kind"), .parameter("id")), .needs(.manageRequests), uploads: UploadLimits(),
                DutyPage.end),
            .get(.bodies, .needs(.readRegistry), BodiesPage.show),
            .get(.body(.parameter("code")), .needs(.readRegistry), BodyPage.show),
            .post(
                .bodyReveal(.parameter("code")), .needs(.manageRequests), bodyLimit: 8_192, BodyPage.reveal),
            .post(.bodyChannel(.parameter("code")), .needs(.manageRegistry), bodyLimit: 8_192, BodyPage.setChannel),
            .post(.bodyLeft(.parameter("code")), .needs(.manageRequests), bodyLimit: 32_768, BodyPage.left),
            .get(.contacts, .needs(.readStatistics), ContactsPage.show),
            .get(.plan, .needs(.readRequests), PlanPage.show),
            .post(.plan, .needs(.manageRequests), uploads: UploadLimits(files: 1), PlanPage.submit),
            .get(.planLine(.parameter("plan"), .parameter("line")), .needs(.readRequests), PlanLinePage.show),
            .post(
                .planLine(.parameter("plan"), .parameter("line")), .needs(.manageRequests),
                uploads: UploadLimits(files: 1), PlanLinePage.submit),
        ]
    }
}
