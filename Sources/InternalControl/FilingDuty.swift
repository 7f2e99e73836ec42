import Forms
import GRDB
import Registry
import WorkingDays

/// Who owes the Agency which form, and by when.
package enum FilingDuty {
    /// The bodies that file a form of their own with the Agency for a period, as they stood on its last day, by code.
    ///
    /// What a territorial unit or a district sends is inside what the body above it sends, and is not owed to the Agency itself.
    package static func bodies(
        of form: StatutoryForm, for period: ReportPeriod, in db: Database
    ) throws -> [PublicBody] {
        let tiers = Set(form.submission?.senders.filter(\.isToAgency).map(\.tier) ?? [])
        guard !tiers.isEmpty else { return [] }
        var filter = BodyFilter(kinds: [.central, .local, .itBody])
        filter.existsOn = period.last
        filter.limit = -1
        return try Registry.bodies(filter, in: db).filter { body in
            tier(of: body).map(tiers.contains) ?? false
        }
    }

    /// The rank of a body among those that file; nil where it files nothing.
    static func tier(of body: PublicBody) -> FormSubmission.Tier? {
        switch body.kind {
        case .central: body.parent == nil ? .centralBody : body.region == "republic" ? nil : .territorialUnit
        case .local:
            switch body.level {
            case .region: .region
            case .district: .district
            case .rural, nil: nil
            }
        case .itBody: body.parent == nil ? .itBody : nil
        case .psc, .provider, .agency, .agencyTerritorial, .ucc: nil
        }
    }

    /// The bodies whose complaints a form of this body covers: it and all below it, as the hierarchy stood on a day.
    package static func covered(by code: String, on day: CivilDate, in db: Database) throws -> Set<String> {
        Set(
            try String.fetchAll(
                db,
                sql: """
                    WITH RECURSIVE below (code) AS (
                      SELECT ? UNION SELECT body.code FROM body JOIN below ON body.parent = below.code
                      WHERE (validFrom IS NULL OR validFrom <= ?) AND (validTo IS NULL OR validTo >= ?)
                    ) SELECT code FROM below
                    """, arguments: [code, day.description, day.description]))
    }

    /// The periods of a form that are over on a day, the latest first, from the first day of its edition on.
    package static func periods(of form: StatutoryForm, before today: CivilDate, limit: Int) -> [ReportPeriod] {
        let end = form.to.map { min($0, today) } ?? today
        var periods: [ReportPeriod] = []
        var period = form.period(containing: end)
        if period.last >= today { period = period.previous }
        while periods.count < limit, period.last >= form.from {
            periods.append(period)
            period = period.previous
        }
        return periods
    }
}
