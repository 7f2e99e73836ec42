import Complaints
import Languages
import Markup
import WorkingDays

/// What can be done to a complaint on its page, one form each.
enum ComplaintStep: String, CaseIterable, Sendable {
    case answer
    case extend
    case told
    case transfer
    case classify
    case note
    case withdraw
    case refile
    case annul
    /// Into the reader's own hands.
    case take
    /// Into another officer's.
    case handOver
    /// Out of anybody's.
    case putBack

    /// Whether the form asks when it happened.
    var asksWhen: Bool { self != .classify && self != .note && self != .annul && !isHolding }

    /// Whether it is about who has the complaint, which moves no term.
    var isHolding: Bool { self == .take || self == .handOver || self == .putBack }

    /// Whether it ends the complaint without an answer.
    var isDangerous: Bool { self == .withdraw || self == .annul }

    /// Whether the step makes sense for a complaint as it stands.
    /// - Parameter officers: between whom it may go.
    func isPossible(for record: ComplaintRecord, among officers: ComplaintOfficers) -> Bool {
        switch self {
        case .note: true
        case .classify, .refile, .annul: record.status != .annulled
        // What became known only after the end can still be entered.
        case .told: record.status != .annulled && record.extendedBy > 0
        case .transfer: record.status != .annulled
        case .answer, .extend, .withdraw: record.status == .open
        case .take: record.status == .open && record.assignee != officers.reader
        case .handOver: record.status == .open && !officers.others(than: record.assignee).isEmpty
        case .putBack: record.status == .open && record.assignee != nil
        }
    }

    /// What the form of the step asks.
    /// - Parameter bodies: to which the complaint may be handed.
    /// - Parameter regions: of the territorial bodies of central ones.
    /// - Parameter officers: to whom it may be handed over.
    func fields(
        _ record: ComplaintRecord, bodies: [(code: String, name: String)], regions: [(code: String, name: String)],
        officers: [(value: String, label: String)], _ view: View
    ) -> [StepField] {
        var when = StepField(name: "at", kind: .moment(now: true), label: view.t("moment.when"))
        if self == .refile {
            when = StepField(
                name: "at", kind: .moment(now: false), label: view.t("complaintField.filed"),
                hint: view.t("complaint.refileHint", ["time": view.dates.short(record.filedAt)]),
                preset: view.dates.machine(record.filedAt))
        }
        return (asksWhen ? [when] : []) + asked(bodies: bodies, regions: regions, officers: officers, view)
    }

    /// The same without when it happened and what the complaint says itself: what can be asked for several at once.
    func asked(
        bodies: [(code: String, name: String)], regions: [(code: String, name: String)],
        officers: [(value: String, label: String)], _ view: View
    ) -> [StepField] {
        func area(_ name: String, _ label: TextKey, isRequired: Bool = true) -> StepField {
            StepField(name: name, kind: .area, label: view.t(label), isRequired: isRequired)
        }
        func choice(_ name: String, _ label: TextKey, _ options: [(String, String)]) -> StepField {
            StepField(name: name, kind: .choice([("", view.t("form.choose"))] + options), label: view.t(label))
        }
        let reason = area("reason", "complaintField.reason")
        switch self {
        case .answer:
            return [
                choice("outcome", "complaints.outcome", view.options("outcome", ComplaintOutcome.self)),
                area("text", "complaintField.text", isRequired: false),
                area("measures", "complaintField.measures", isRequired: false),
                StepField(name: "document", kind: .document, label: view.t("complaintField.file"), isRequired: false),
            ]
        case .extend:
            return [StepField(name: "days", kind: .line(type: "number"), label: view.t("complaintField.days")), reason]
        case .told:
            return [StepField(name: "means", kind: .line(type: "text"), label: view.t("complaintField.means"))]
        case .transfer:
            let units =
                regions.map { ($0.code, view.t("unit.territorial", ["region": $0.name])) }
                + [(BodyAddress.rural, view.t("unit.rural"))]
            let unit = StepField(
                name: "unit", kind: .choice([("", view.t("unit.none"))] + units), label: view.t("unit.title"),
                hint: view.t("unit.hint"), isRequired: false)
            return [choice("body", "clocks.body", bodies.map { ($0.code, $0.name) }), unit, reason]
        case .classify:
            return [choice("kind", "complaints.kind", view.options("complaintKind", ComplaintKind.self)), reason]
        case .note: return [area("text", "complaintField.noteText")]
        case .refile: return [reason]
        case .annul:
            var ground = choice(
                "ground", "complaintField.ground", view.options("annulment", AnnulmentGround.self))
            ground.hint = view.t("complaint.annulHint")
            return [
                ground,
                StepField(
                    name: "duplicateOf", kind: .line(type: "text"), label: view.t("complaintField.duplicateOf"),
                    isRequired: false), reason,
            ]
        case .withdraw: return [area("reason", "complaintField.reason", isRequired: false)]
        case .handOver: return [choice("to", "assignee.to", officers)]
        case .take, .putBack: return []
        }
    }
}
