import CardSearch
import ContactCentre
import Foundation
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// The spheres of life of the register that have a name on the screen; another one is shown by its code.
enum Sphere: String, CaseIterable, Sendable {
    case agriculture, communications, construction, consular, culture, defence, digital, documents, ecology, education
    case emergency, energy, family, finance, finreg, health, housing, industry, interior, justice, labour, land
    case migration, realEstate = "real_estate", religion, social, support, tourism, transport

    static func name(_ code: String, _ view: View) -> String {
        Sphere(rawValue: code).map { view.name("sphere", $0) } ?? code
    }
}

/// The filters of the search, folded away until wanted, and the choices that there are.
struct SearchFilters: Sendable {
    var body = ""
    var sphere = ""
    var channel = ""
    var region = ""
    /// The bodies that answer for services.
    var bodies: [(code: String, name: Localized)] = []
    /// The spheres that have services.
    var spheres: [String] = []
    /// The regions of today.
    var regions: [(code: String, name: Localized)] = []

    /// Whether any of them is set.
    var isSet: Bool { !(body + sphere + channel + region).isEmpty }

    /// Nothing chosen, no choices.
    init() {}

    /// What a form chose.
    init(_ form: Form) {
        (body, sphere) = (form["body"], form["sphere"])
        (channel, region) = (form["channel"], form["region"])
    }

    /// The filters for the search.
    /// - Parameter states: the states that the reader may see.
    func query(_ states: Set<CardState>) -> SearchQuery.Filters {
        func set(_ text: String) -> String? { text.isEmpty ? nil : text }
        return SearchQuery.Filters(
            body: set(body), sphere: set(sphere), channel: set(channel), region: set(region),
            states: states.map(\.rawValue).sorted())
    }

    /// Reads the choices.
    mutating func load(_ site: WebRequest) async throws {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        (bodies, spheres, regions) = try await site.environment.centre.journal.read { db in
            let names = try Registry.bodyNames(on: today, in: db)
            let owners = try Registry.owners(in: db)
            return (
                owners.map { (code: $0, name: names[$0] ?? Localized(kk: $0, ru: $0)) },
                try Registry.spheres(in: db).map(\.sphere),
                try Registry.regions(on: today, in: db).map { (code: $0.code, name: $0.name(on: today)) }
            )
        }
    }

    func draw(into html: inout HTML, _ view: View) {
        html.details(.class("finder-filters"), Attribute("open", flag: isSet)) { html in
            html.summary(text: view.t("search.filters"))
            html.div(.class("finder-filters-fields")) { html in
                select(
                    "body", view.t("search.body"), sorted(bodies.map { ($0.code, $0.name[view.language]) }, view), body,
                    &html, view)
                select(
                    "sphere", view.t("search.sphere"), sorted(spheres.map { ($0, Sphere.name($0, view)) }, view),
                    sphere,
                    &html, view)
                select(
                    "channel", view.t("search.channel"),
                    ServiceChannel.allCases.map { ($0.rawValue, view.name("channel", $0)) }, channel, &html, view)
                select(
                    "region", view.t("search.region"), sorted(regions.map { ($0.code, $0.name[view.language]) }, view),
                    region, &html, view)
            }
        }
    }

    private func sorted(_ options: [(String, String)], _ view: View) -> [(value: String, label: String)] {
        // Kazakh order has the letters of Russian in their places too.
        let locale = Locale(identifier: "kk_KZ")
        return options.sorted { $0.1.compare($1.1, locale: locale) == .orderedAscending }
            .map { (value: $0.0, label: $0.1) }
    }

    private func select(
        _ name: String, _ label: String, _ options: [(value: String, label: String)], _ chosen: String,
        _ html: inout HTML, _ view: View
    ) {
        let id = "filter-" + name
        html.div(.class("field")) { html in
            html.label(.for(id), text: label)
            html.select(.id(id), .name(name)) { html in
                html.option(.value(""), text: view.t("search.any"))
                for option in options {
                    html.option(.value(option.value), .selected(option.value == chosen), text: option.label)
                }
            }
        }
    }
}
