import Rulebook
import Yams

/// What people call bodies, and which body is meant: `knowledge/body-aliases.yaml`.
package struct BodyAliases: Sendable {
    /// Which body a name means, where the text tells the region or district.
    enum Target: Hashable, Sendable {
        /// The State Corporation's branch of the region.
        case branch
        /// The akimat of the region.
        case regionAkimat
        /// The akimat of the district or town.
        case districtAkimat
        /// The akim of a rural district, whose district or town has the code.
        case ruralAkimat
        /// The Agency's department of the region.
        case department
        /// A provider outside the registry: the owner of the service answers.
        case provider
        /// No body: a system, a firm, a court.
        case none
        /// A body by its code.
        case body(String)
    }

    /// One group of names.
    struct Group: Sendable {
        let target: Target
        /// Where somebody is served who is served there: portal, psc, office.
        let place: String?
        /// Whether being named is being there: a clinic, a school.
        let isOffice: Bool
        /// Owners of services that the names speak for.
        let owners: Set<String>
        /// Spheres of services that the names speak for.
        let spheres: Set<String>
    }

    let groups: [Group]
    /// For each pattern of the matcher, its group.
    let groupOfPattern: [Int]
    let matcher: CueMatcher

    /// Reads the file.
    /// - Throws: `TriageFileError` with the line.
    package init(yaml: String, file: String) throws(TriageFileError) {
        var groups: [Group] = []
        var groupOfPattern: [Int] = []
        var patterns: [CuePattern] = []
        for node in try TriageFile.list("bodies", yaml: yaml, file: file) {
            guard let body = node["body"]?.string, let names = node["names"]?.string else {
                throw TriageFileError(node, file: file, "Each group needs “body” and “names”.")
            }
            let target: Target =
                switch body {
                case "branch": .branch
                case "region-akimat": .regionAkimat
                case "district-akimat": .districtAkimat
                case "rural-akimat": .ruralAkimat
                case "department": .department
                case "provider": .provider
                case "none": .none
                default: .body(body)
                }
            func words(_ key: String) -> Set<String> { Set(node[key]?.sequence?.compactMap(\.string) ?? []) }
            groups.append(
                Group(
                    target: target, place: node["place"]?.string, isOffice: node["office"]?.bool ?? false,
                    owners: words("owners"), spheres: words("spheres")))
            for name in TriageFile.phrases(names) {
                guard let pattern = CuePattern(name) else {
                    throw TriageFileError(node, file: file, "“\(name)” has no letters.")
                }
                patterns.append(pattern)
                groupOfPattern.append(groups.count - 1)
            }
        }
        self.groups = groups
        self.groupOfPattern = groupOfPattern
        matcher = CueMatcher(patterns)
    }
}
