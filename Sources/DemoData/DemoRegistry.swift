import CSV
import Foundation
import Languages
import WorkingDays

/// What the generator needs of the registry in `knowledge/`.
package struct DemoRegistry: Sendable {
    struct Body: Sendable {
        let code: String
        let kind: String
        let level: String
        let region: String
        let from: CivilDate?
        let to: CivilDate?

        func exists(on date: CivilDate) -> Bool {
            from.map { $0 <= date } ?? true && to.map { date <= $0 } ?? true
        }
    }

    struct Service: Sendable {
        let code: String
        let name: Localized
        let owner: String
        let provider: String
    }

    struct Region: Sendable {
        let code: String
        let name: Localized
    }

    let bodies: [String: Body]
    let services: [Service]
    /// The services whose card is written in full; people ask about these most.
    let described: Set<String>
    let regions: [Region]
    /// The district akimats of each region.
    let districts: [String: [Body]]

    /// Reads `bodies.csv`, `services.csv`, `regions.csv` and the cards of a folder.
    /// - Throws: `CSVError` that names the file, the line and what to do.
    package init(folder: String) throws {
        func rows(_ name: String, _ columns: [String]) throws -> [CSVRow] {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
                throw CSVError(file: name, line: 0, problem: .unreadable("it is missing in the folder of knowledge"))
            }
            var reader = try CSVReader(name: name, columns: columns, bytes: Array(data))
            var rows: [CSVRow] = []
            while let row = try reader.next() { rows.append(row) }
            return rows
        }
        let bodies = try rows("bodies.csv", ["code", "kind", "level", "region", "valid_from", "valid_to"]).map { row in
            Body(
                code: row["code"], kind: row["kind"], level: row["level"], region: row["region"],
                from: CivilDate(row["valid_from"]), to: CivilDate(row["valid_to"]))
        }
        self.bodies = Dictionary(bodies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        districts = Dictionary(grouping: bodies.filter { $0.level == "district" }, by: \.region)
        services = try rows("services.csv", ["code", "name_kk", "name_ru", "owner", "provider"]).map { row in
            Service(
                code: row["code"], name: Localized(kk: row["name_kk"], ru: row["name_ru"]), owner: row["owner"],
                provider: row["provider"])
        }
        described = Set(
            services.map(\.code).filter { code in
                let card = FileManager.default.contents(atPath: "\(folder)/services/\(code).yaml") ?? Data()
                return String(decoding: card, as: UTF8.self).contains("\ncontent: illustrative\n")
            })
        regions = try rows("regions.csv", ["code", "name_kk", "name_ru"]).filter { $0["code"] != "republic" }.map {
            Region(code: $0["code"], name: Localized(kk: $0["name_kk"], ru: $0["name_ru"]))
        }
    }
}
