import Complaints
import Languages
import Markup

/// Which unit of a body is addressed, and what would lead a complaint elsewhere, in the reader's words.
struct UnitNames: Sendable {
    /// The regions, by code.
    let regions: [String: Localized]

    init(_ names: IntakeNames) {
        regions = Dictionary(names.regions.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// The territorial body of a region, or the akim of a rural district; nil where the body itself is addressed.
    func words(_ unit: String?, _ view: View) -> String? {
        guard let unit else { return nil }
        if unit == BodyAddress.rural { return view.t("unit.rural") }
        return view.t("unit.territorial", ["region": region(unit, view)])
    }

    func region(_ code: String, _ view: View) -> String { regions[code]?[view.language] ?? code }
}

extension HTML {
    /// What would change the answer: one fact a line, with the body that would answer then.
    mutating func whatIf(_ alternatives: [RoutingAlternative], _ names: IntakeNames, _ view: View) {
        guard !alternatives.isEmpty else { return }
        let units = UnitNames(names)
        p(.class("hint"), text: view.t("intake.wouldChange"))
        ul(.class("bullets")) { html in
            for one in alternatives {
                let body = names.bodies[one.answer.body]?[view.language] ?? one.answer.body
                let unit = units.words(one.answer.unit, view).map { " (\($0))" } ?? ""
                html.li(text: "\(view.words(of: one.change, names)) – \(body)\(unit)")
            }
        }
    }
}

extension View {
    /// What would have to be another, as a condition.
    fileprivate func words(of change: RoutingAlternative.Change, _ names: IntakeNames) -> String {
        switch change {
        case .region(let code): t("whatIf.region", ["name": UnitNames(names).region(code, self)])
        case .place(let place):
            t("whatIf.place", ["name": FilingPlace(rawValue: place).map { name("place", $0) } ?? place])
        case .kind(let kind): t("whatIf.kind", ["name": name("complaintKind", kind)])
        case .named(let code): t("whatIf.named", ["name": names.bodies[code]?[language] ?? code])
        case .nobodyNamed: t("whatIf.nobodyNamed")
        }
    }
}
