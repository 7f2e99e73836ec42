import CSV
import Languages
import WorkingDays

/// The files of the registry by their meaning.
package enum RegistryFile: String, CaseIterable, Sendable {
    /// The regions as they are named now.
    case regions = "regions.csv"
    /// The names of those regions that have had several.
    case regionNames = "region-names.csv"
    /// The bodies as they are named now.
    case bodies = "bodies.csv"
    /// The names of those bodies that have had several.
    case bodyNames = "body-names.csv"
    /// The Kazakh names of the providers that services name in Russian.
    case providers = "providers.csv"
    /// The services.
    case services = "services.csv"

    /// The file that must come with this one, because a row needs both.
    var companion: RegistryFile {
        switch self {
        case .regions: .regionNames
        case .regionNames: .regions
        case .bodies: .bodyNames
        case .bodyNames: .bodies
        case .providers: .services
        case .services: .providers
        }
    }
}

/// An entry as a row gives it, and where the row is.
struct Incoming<Entry: RegistryEntry>: Sendable {
    let entry: Entry
    let row: CSVRow
}

/// What the files of the registry say, row by row; rows that cannot be read are refused here.
///
/// Whether a row fits what is known already is decided in `RegistryImport`.
package struct RegistryTables: Sendable {
    var regions: [Incoming<Region>] = []
    var bodies: [Incoming<PublicBody>] = []
    var services: [Incoming<PublicService>] = []
    /// The rows that could not be read.
    package internal(set) var refused: [CSVError] = []

    /// Reads the files that are there: the regions, the bodies, the services, each with its companion, or all.
    ///
    /// - Parameter files: the bytes of each file.
    /// - Throws: `CSVError` where a file as a whole cannot be read or comes without its companion.
    package init(_ files: [RegistryFile: [UInt8]]) throws(CSVError) {
        for file in RegistryFile.allCases where files[file] != nil && files[file.companion] == nil {
            let reason = "The file \(file.companion.rawValue) must come with it: give both."
            throw CSVError(file: file.rawValue, line: 0, problem: .refused(reason))
        }
        if let regions = files[.regions], let names = files[.regionNames] {
            try readRegions(regions, names: readNames(names, .regionNames))
        }
        if let bodies = files[.bodies], let names = files[.bodyNames] {
            try readBodies(bodies, names: readNames(names, .bodyNames))
        }
        if let services = files[.services], let providers = files[.providers] {
            try readServices(services, providers: readProviders(providers))
        }
    }

    private mutating func readRegions(_ bytes: [UInt8], names: [String: NameHistory]) throws(CSVError) {
        let columns = ["code", "name_kk", "name_ru", "valid_from", "valid_to", "successor", "predecessor"]
        let rows = try Self.each(
            bytes, .regions, columns: columns, optional: ["name_en", "note", "zone"], names: names
        ) {
            row, names throws(CSVError) in
            let zone = row.optional("zone")
            if let zone, CivilZone.named(zone) == nil {
                let known = CivilZone.kazakhstan.map(\.name).joined(separator: ", ")
                throw row.refusal("zone", "“\(zone)” is no zone of Kazakhstan: write one of \(known), or nothing.")
            }
            let region = Region(
                code: try row.code("code"), names: names, validFrom: try row.date("valid_from"),
                validTo: try row.date("valid_to"), successor: try row.reference("successor"),
                predecessor: try row.reference("predecessor"), note: row.optional("note"), zone: zone)
            try row.check(region.validFrom, region.validTo, region.successor)
            return region
        }
        regions = rows.taken
        refused += rows.refused
    }

    private mutating func readBodies(_ bytes: [UInt8], names: [String: NameHistory]) throws(CSVError) {
        let columns = [
            "code", "name_kk", "name_ru", "kind", "level", "parent", "region", "valid_from", "valid_to", "successor",
        ]
        let rows = try Self.each(bytes, .bodies, columns: columns, optional: ["name_en", "note"], names: names) {
            row, names throws(CSVError) in
            let kind = try row.choice("kind", BodyKind.self)
            let level = row["level"].isEmpty ? nil : try row.choice("level", LocalLevel.self)
            if (kind == .local) != (level != nil) {
                throw row.refusal("level", "Local bodies, and only they, have a level: give it or remove it.")
            }
            let body = PublicBody(
                code: try row.code("code"), kind: kind, level: level, parent: try row.reference("parent"),
                region: try row.code("region"), names: names, validFrom: try row.date("valid_from"),
                validTo: try row.date("valid_to"), successor: try row.reference("successor"), note: row.optional("note")
            )
            try row.check(body.validFrom, body.validTo, body.successor)
            return body
        }
        bodies = rows.taken
        refused += rows.refused
    }

    private mutating func readServices(_ bytes: [UInt8], providers: [String: String]) throws(CSVError) {
        let columns = [
            "code", "register_code", "egov_code", "name_kk", "name_ru", "owner", "provider", "channels", "sphere",
        ]
        let rows = try Self.each(bytes, .services, columns: columns, optional: ["verified", "keywords_kk"]) {
            row, _ throws(CSVError) in
            let provider = try row.text("provider")
            guard let providerKK = providers[provider] else {
                throw row.refusal("provider", "providers.csv does not name “\(provider)”: add its Kazakh name there.")
            }
            let channels = try row.list("channels").map { text throws(CSVError) in
                guard let channel = ServiceChannel(rawValue: text) else {
                    throw row.refusal("channels", row.notOneOf(text, ServiceChannel.allCases.map(\.rawValue)))
                }
                return channel
            }
            let sphere = try row.text("sphere")
            guard sphere.utf8.allSatisfy({ (97...122).contains($0) || $0 == 95 }) else {
                throw row.refusal("sphere", "“\(sphere)” is no sphere: write a lower-case English word.")
            }
            let verified = row["verified"]
            guard ["yes", "no", ""].contains(verified) else {
                throw row.refusal("verified", row.notOneOf(verified, ["yes", "no"]))
            }
            return PublicService(
                code: try row.code("code"), registerCode: row.optional("register_code"),
                egovCode: row.optional("egov_code"), name: try row.name(), owner: try row.code("owner"),
                provider: Localized(kk: providerKK, ru: provider), channels: channels, sphere: sphere,
                isVerified: verified == "yes", keywords: row.list("keywords_kk"))
        }
        services = rows.taken
        refused += rows.refused
    }
}

/// The names that one code has had, as the rows of a file of names give them.
struct NameHistory {
    var rows: [CSVRow] = []
    var names: [DatedName] = []
    var isUsed = false
}

extension RegistryTables {
    /// Reads the rows of a file; what is wrong with one is kept, and the next is read.
    private static func each<Entry: RegistryEntry>(
        _ bytes: [UInt8], _ file: RegistryFile, columns: [String], optional: [String],
        names: [String: NameHistory]? = nil, read: (CSVRow, [DatedName]) throws(CSVError) -> Entry
    ) throws(CSVError) -> (taken: [Incoming<Entry>], refused: [CSVError]) {
        var names = names
        var taken: [Incoming<Entry>] = []
        var refused: [CSVError] = []
        var lines: [String: Int] = [:]
        var reader = try CSVReader(name: file.rawValue, columns: columns, optional: optional, bytes: bytes)
        while true {
            do throws(CSVError) {
                guard let row = try reader.next() else { break }
                let code = row["code"]
                if let line = lines[code] {
                    throw row.refusal("code", "“\(code)” is given on line \(line) already: keep one of the two rows.")
                }
                lines[code] = row.line
                let history = names?[code]
                names?[code]?.isUsed = true
                taken.append(Incoming(entry: try read(row, row.names(history)), row: row))
            } catch {
                if error.isFinal { throw error }
                refused.append(error)
            }
        }
        for (code, history) in (names ?? [:]).sorted(by: { $0.key < $1.key }) where !history.isUsed {
            for row in history.rows {
                refused.append(
                    row.refusal("code", "\(file.rawValue) has no “\(code)”: correct the code or add it there."))
            }
        }
        return (taken, refused)
    }

    private mutating func readNames(_ bytes: [UInt8], _ file: RegistryFile) throws(CSVError) -> [String: NameHistory] {
        var histories: [String: NameHistory] = [:]
        let columns = ["code", "from", "to", "name_kk", "name_ru"]
        var reader = try CSVReader(name: file.rawValue, columns: columns, optional: ["name_en"], bytes: bytes)
        while true {
            do throws(CSVError) {
                guard let row = try reader.next() else { break }
                histories[row["code"], default: NameHistory()].rows.append(row)
                let name = DatedName(from: try row.date("from"), through: try row.date("to"), name: try row.name())
                histories[row["code"], default: NameHistory()].names.append(name)
            } catch {
                if error.isFinal { throw error }
                refused.append(error)
            }
        }
        for code in histories.keys {
            histories[code]?.names.sort { left, right in
                (left.from?.dayNumber ?? .min, left.through?.dayNumber ?? .max)
                    < (right.from?.dayNumber ?? .min, right.through?.dayNumber ?? .max)
            }
        }
        return histories
    }

    private mutating func readProviders(_ bytes: [UInt8]) throws(CSVError) -> [String: String] {
        var names: [String: String] = [:]
        var reader = try CSVReader(
            name: RegistryFile.providers.rawValue, columns: ["name_ru", "name_kk"], optional: [], bytes: bytes)
        while true {
            do throws(CSVError) {
                guard let row = try reader.next() else { break }
                let name = try row.text("name_ru")
                guard names.updateValue(try row.text("name_kk"), forKey: name) == nil else {
                    throw row.refusal("name_ru", "“\(name)” is given twice: keep one of the two rows.")
                }
            } catch {
                if error.isFinal { throw error }
                refused.append(error)
            }
        }
        return names
    }
}
