import WorkingDays

/// A line of the plan-schedule that the IT body approved, for one body (797 §3).
package struct PlanLineApproved: Codable, Hashable, Sendable {
    /// The plan: a year or another short name.
    package var plan: String
    /// The number of the line in the plan.
    package var line: String
    /// The code of the service.
    package var service: String
    /// The code of the body.
    package var body: String
    /// The planned day of the request (797 §4).
    package var requestOn: CivilDate
    /// The planned day of the acceptance (797 §3).
    package var acceptanceOn: CivilDate?
    /// The unit of the centre that does it.
    package var unit: String?
    /// The act of the IT body that approved the plan.
    package var approval: String
    /// Whose wall clock counts for the body's terms; the centre's where it is nil.
    package var zone: String?

    /// A value from its parts.
    package init(
        plan: String, line: String, service: String, body: String, requestOn: CivilDate, acceptanceOn: CivilDate? = nil,
        unit: String? = nil, approval: String, zone: String? = nil
    ) {
        self.plan = plan
        self.line = line
        self.service = service
        self.body = body
        self.requestOn = requestOn
        self.acceptanceOn = acceptanceOn
        self.unit = unit
        self.approval = approval
        self.zone = zone
    }
}

/// A line of the plan-schedule that was changed after its approval, with the act that changed it (797 §3).
package struct PlanLineAmended: Codable, Hashable, Sendable {
    /// The planned day of the request from now on.
    package var requestOn: CivilDate
    /// The planned day of the acceptance from now on.
    package var acceptanceOn: CivilDate?
    /// The unit of the centre that does it from now on.
    package var unit: String?
    /// The act of the IT body that approved the change.
    package var approval: String
    /// Why the line was changed.
    package var reason: String
    /// Whether the request had been sent already; its planned day then moves no clock.
    package var wasSent: Bool
    /// The SHA-256 of the act.
    package var document: String?

    /// A value from its parts.
    package init(
        requestOn: CivilDate, acceptanceOn: CivilDate? = nil, unit: String? = nil, approval: String, reason: String,
        wasSent: Bool = false, document: String? = nil
    ) {
        self.requestOn = requestOn
        self.acceptanceOn = acceptanceOn
        self.unit = unit
        self.approval = approval
        self.reason = reason
        self.wasSent = wasSent
        self.document = document
    }
}
