import Accounts

extension Routes {
    /// The JSON interface, as `docs/openapi.yaml` describes it.
    static var api: [Route] {
        registryAPI + requestAPI + complaintAPI + reportAPI + BodySystemAPI.routes + [
            .get(.api("openapi.yaml"), .signedIn, Description.show),
            .post(.api("attachments"), .needs(.attachFiles), uploads: UploadLimits(), AttachmentAPI.upload),
            .get(.api("attachments/:digest"), .signedIn, FileDownload.show),
        ]
    }

    private static var registryAPI: [Route] {
        [
            .api(get: "bodies", .needs(.readRegistry), query: RegistryAPI.bodyQueries, RegistryAPI.bodies),
            .api(get: "bodies/:code", .needs(.readRegistry), RegistryAPI.body),
            .api(
                get: "bodies/:code/persons", .needs(.readRequests), query: APIPage.queries, RegistryAPI.persons),
            .api(get: "services", .needs(.readRegistry), query: RegistryAPI.serviceQueries, RegistryAPI.services),
            .api(get: "services/:code", .needs(.readRegistry), RegistryAPI.service),
            .api(get: "cards", .needs(.readCards), query: CardAPI.queries, CardAPI.list),
            .api(get: "cards/:code", .needs(.readCards), CardAPI.one),
            .api(get: "cards/:code/editions", .needs(.readCards), query: APIPage.queries, CardAPI.editions),
            .api(get: "cards/:code/editions/:edition", .needs(.readCards), CardAPI.edition),
            .api(get: "card-campaigns", .needs(.manageCards), query: APIPage.queries, CampaignAPI.list),
            .api(post: "card-campaigns/preview", .manageCards, repeats: .harmless, CampaignAPI.preview),
            .api(post: "card-campaigns", .manageCards, CampaignAPI.begin),
            .api(get: "card-campaigns/:id", .needs(.manageCards), CampaignAPI.one),
            .api(
                get: "card-campaigns/:id/bodies", .needs(.manageCards), query: APIPage.queries + ["standing"],
                CampaignAPI.bodies),
            .api(get: "card-campaigns/:id/bodies/:body", .needs(.manageCards), CampaignAPI.body),
            .api(post: "card-campaigns/:id/end", .manageCards, CampaignAPI.end),
            .api(get: "card-remarks", .needs(.manageCards), query: APIPage.queries, CampaignAPI.remarks),
            .api(get: "life-events", .needs(.readCards), LifeEventAPI.list),
            .api(get: "life-events/:code", .needs(.readCards), LifeEventAPI.one),
            .api(get: "calendar", .needs(.readCalendar), query: ["year"], CalendarAPI.show),
            .api(post: "calendar/preview", .changeCalendar, repeats: .harmless, CalendarAPI.preview),
            .api(post: "calendar/adopt", .changeCalendar, repeats: .harmless, CalendarAPI.adopt),
            .api(post: "calendar/undo", .changeCalendar, repeats: .harmless, CalendarAPI.undo),
        ]
    }

    private static var requestAPI: [Route] {
        APIRequestStep.all.map(\.route) + [
            .api(get: "requests", .needs(.readRequests), query: RequestAPI.queries, RequestAPI.list),
            .api(get: "requests/:id", .needs(.readRequests), RequestAPI.one),
            .api(post: "requests/:id/appointment", .manageRequests, RequestAPI.appoint),
            .api(post: "requests/:id/correction", .manageRequests, RequestAPI.correct),
            .api(get: "duties", .needs(.readRequests), query: DutyAPI.queries, DutyAPI.list),
            .api(get: "duties/:kind/:id", .needs(.readRequests), DutyAPI.one),
            .api(post: "duties/:kind", .manageRequests, DutyAPI.begin),
            .api(post: "duties/:kind/:id/end", .manageRequests, DutyAPI.end),
            .api(post: "duties/:kind/:id/correction", .manageRequests, DutyAPI.correct),
            .api(post: "duties/:kind/:id/annulment", .manageRequests, DutyAPI.annul),
            .api(get: "plans", .needs(.readRequests), query: APIPage.queries, PlanAPI.list),
            .api(get: "plans/:plan", .needs(.readRequests), query: APIPage.queries + ["line"], PlanAPI.lines),
            .post(
                .api("plans/:plan/draft"), .needs(.manageRequests), check: .origin, bodyLimit: 16_777_216,
                PlanAPI.draft),
            .api(post: "plans/:plan/approval", .manageRequests, PlanAPI.approve),
            .api(post: "plans/:plan/lines/:line/change", .manageRequests, PlanAPI.amend),
            .api(get: "violations", .needs(.readReports), query: ViolationAPI.queries, ViolationAPI.list),
            .api(
                get: "violations/summary", .needs(.readReports), query: ViolationAPI.summaryQueries,
                ViolationAPI.summary),
            .api(get: "violations/:id", .needs(.readReports), ViolationAPI.one),
            .api(post: "violations/:id/confirmation", .attachFiles, ViolationAPI.confirm),
            .api(post: "violations/:id/excuse", .attachFiles, ViolationAPI.excuse),
            .api(post: "violations/:id/withdrawal", .attachFiles, ViolationAPI.withdraw),
            .api(post: "violations/:id/closing", .attachFiles, ViolationAPI.close),
            .api(post: "violations/:id/notice", .attachFiles, ViolationAPI.tell),
            .api(get: "clocks", .needs(.readRequests), query: ClockAPI.queries, ClockAPI.list),
        ]
    }

    private static var complaintAPI: [Route] {
        [
            .api(get: "complaints", .needs(.readComplaints), query: ComplaintAPI.queries, ComplaintAPI.list),
            .api(post: "complaints", .registerComplaints, bodyLimit: 262_144, ComplaintAPI.register),
            .api(
                post: "complaints/reading", .registerComplaints, bodyLimit: ReadingAPI.bodyLimit, repeats: .harmless,
                ReadingAPI.read),
            .api(get: "complaints/incoming", .needs(.readComplaints), query: APIPage.queries, IncomingAPI.list),
            .api(post: "complaints/incoming", .registerComplaints, bodyLimit: 524_288, IncomingAPI.receive),
            .api(get: "complaints/incoming/:id", .needs(.readComplaints), IncomingAPI.one),
            .api(post: "complaints/incoming/:id/registration", .manageComplaints, IncomingAPI.register),
            .api(post: "complaints/incoming/:id/closing", .manageComplaints, IncomingAPI.close),
            .api(stream: "complaints/import", .manageComplaints, ComplaintAPI.take),
            .api(get: "complaints/:number", .needs(.readComplaints), ComplaintAPI.one),
            .api(post: "complaints/:number/transfer", .manageComplaints, ComplaintAPI.transfer),
            .api(post: "complaints/:number/extension", .manageComplaints, ComplaintAPI.extend),
            .api(post: "complaints/:number/notice", .manageComplaints, ComplaintAPI.tell),
            .api(post: "complaints/:number/answer", .manageComplaints, ComplaintAPI.answer),
            .api(post: "complaints/:number/withdrawal", .manageComplaints, ComplaintAPI.withdraw),
            .api(post: "complaints/:number/correction", .manageComplaints, ComplaintAPI.correct),
            .api(post: "complaints/:number/annulment", .manageComplaints, ComplaintAPI.annul),
            .api(post: "complaints/:number/classification", .manageComplaints, ComplaintAPI.classify),
            .api(post: "complaints/:number/assignment", .manageComplaints, ComplaintAPI.assign),
            .api(post: "complaints/:number/note", .manageComplaints, ComplaintAPI.note),
            .api(
                post: "complaints/:number/reveal", .revealPersonalData, repeats: .harmless, ComplaintAPI.reveal),
        ]
    }

    private static var reportAPI: [Route] {
        [
            .api(post: "applications", .enterStages, bodyLimit: ApplicationAPI.bodyLimit, ApplicationAPI.take),
            .api(get: "applications/:number", .needs(.recordContacts), ApplicationAPI.one),
            .api(get: "reports", .needs(.readReports), query: APIPage.queries, ReportAPI.list),
            .api(get: "reports/:period", .needs(.readReports), ReportAPI.one),
            .api(get: "reports/:period/numbers/:name", .needs(.readReports), query: APIPage.queries, ReportAPI.behind),
            .api(post: "reports/:period/seal", .sealReports, ReportAPI.seal),
            .get(.api("reports/:period/revisions/:revision"), .needs(.readComplaints), ReportAPI.document),
            .get(.api("reports/:period/figures.csv"), .needs(.exportLists), ReportAPI.export),
            .get(
                .api("reports/:period/revisions/:revision/workbook"), .needs(.exportLists), ReportAPI.workbook),
            .api(get: "filings/:id", .needs(.readReports), InternalControlAPI.filing),
            .api(post: "filings/:id", .sealReports, InternalControlAPI.take),
            .api(
                get: "discrepancies", .needs(.readReports), query: InternalControlAPI.queries,
                InternalControlAPI.discrepancies),
            .api(get: "discrepancies/:id", .needs(.readReports), InternalControlAPI.discrepancy),
            .api(post: "discrepancies/:id/cause", .sealReports, InternalControlAPI.confirm),
            .api(post: "discrepancies/:id/withdrawal", .sealReports, InternalControlAPI.withdraw),
            .api(post: "discrepancies/:id/explanation", .sealReports, InternalControlAPI.explain),
            .api(post: "discrepancies/:id/settlement", .sealReports, InternalControlAPI.settle),
            .api(get: "deliveries", .needs(.manageSystem), query: APIPage.queries + ["phase"], DeliveryAPI.list),
            .api(get: "deliveries/:id", .needs(.manageSystem), DeliveryAPI.one),
            .api(post: "deliveries/:id/requeue", .manageSystem, DeliveryAPI.requeue),
        ]
    }
}
