import GRDB
import Languages
import Registry
import Rulebook
import WorkingDays

/// A body in a list from which one is chosen: those that exist on the day, a local one with its region, so that of several
/// of one name each is known.
struct BodyChoice: Sendable {
    let code: String
    let name: Localized
    /// The region; nil where the name stands alone.
    let region: Localized?

    /// All bodies that exist on a day, by code.
    static func all(on date: CivilDate, in db: Database) throws -> [BodyChoice] {
        var filter = BodyFilter()
        filter.existsOn = date
        let regions = try Registry.regions(on: date, in: db).reduce(into: [String: Localized]()) { names, region in
            names[region.code] = region.name(on: date)
        }
        return try Registry.bodies(filter, in: db).filter { $0.kind != .ucc }.map { body in
            let isDistrict = body.level == .district || body.level == .rural
            return BodyChoice(
                code: body.code, name: body.name(on: date),
                region: isDistrict ? regions[body.region] : nil)
        }
    }

    /// What stands in a list, in the order of the reader's alphabet.
    static func labels(_ choices: [BodyChoice], without code: String, _ view: View) -> [(code: String, name: String)] {
        choices.filter { $0.code != code }.map { (code: $0.code, name: $0.label(view)) }
            .sorted { ($0.name, $0.code) < ($1.name, $1.code) }
    }

    /// What stands in the list.
    func label(_ view: View) -> String {
        let own = name[view.language]
        guard let region else { return own }
        return "\(own) (\(region[view.language]))"
    }
}
