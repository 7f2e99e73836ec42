import Yams

extension SynonymTable {
    /// Reads the table from YAML files: `sphere` and `groups`, each with `id`, `say`, `mean` and, where it fits,
    /// `only-colloquial`.
    ///
    /// - Throws: `SearchDataFault` with every fault of every file.
    package static func load(files: [(name: String, text: String)]) throws(SearchDataFault) -> SynonymTable {
        if let table = plain(files) { return table }
        return try yaml(files)
    }

    /// The table, where every file is written plainly and no identifier is used twice; nil otherwise.
    static func plain(_ files: [(name: String, text: String)]) -> SynonymTable? {
        var groups: [Group] = []
        var ids: Set<String> = []
        for file in files {
            guard let read = PlainSynonymFile.groups(file.text) else { return nil }
            for group in read where !ids.insert(group.id).inserted { return nil }
            groups += read
        }
        return SynonymTable(groups: groups)
    }

    /// The table as a YAML reader reads it, which also finds what is wrong.
    static func yaml(_ files: [(name: String, text: String)]) throws(SearchDataFault) -> SynonymTable {
        var reader = SynonymReader()
        for file in files { reader.read(file.name, file.text) }
        if !reader.faults.isEmpty { throw SearchDataFault(places: reader.faults) }
        return SynonymTable(groups: reader.groups)
    }
}

private struct SynonymReader {
    var groups: [SynonymTable.Group] = []
    var faults: [SearchDataFault.Place] = []
    private var places: [String: String] = [:]
    private var file = ""

    mutating func read(_ name: String, _ text: String) {
        file = name
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            let line = (error as? YamlError).flatMap(Self.line) ?? 0
            fault(line, "the file is not YAML (\(error)); mend the indentation or the quotes.")
            return
        }
        guard let root, let mapping = root.mapping else {
            return fault(1, "the file must hold `sphere` and `groups`.")
        }
        for (key, node) in mapping where !["sphere", "groups"].contains(key.string ?? "") {
            fault(line(node), "unknown key `\(key.string ?? "?")`; a file has `sphere` and `groups`.")
        }
        guard let sphere = mapping["sphere"]?.string else { return fault(1, "`sphere` is missing.") }
        guard let list = mapping["groups"]?.sequence else { return fault(1, "`groups` must be a list.") }
        for node in list { readGroup(node, sphere) }
    }

    private mutating func readGroup(_ node: Node, _ sphere: String) {
        guard let mapping = node.mapping else { return fault(line(node), "a group must have `id`, `say` and `mean`.") }
        for (key, value) in mapping where !["id", "say", "mean", "only-colloquial"].contains(key.string ?? "") {
            fault(line(value), "unknown key `\(key.string ?? "?")`; a group has id, say, mean and only-colloquial.")
        }
        guard let id = mapping["id"]?.string, !id.isEmpty else { return fault(line(node), "the group has no `id`.") }
        if let other = places[id] { fault(line(node), "the id `\(id)` is used at \(other) already; choose another.") }
        places[id] = "\(file):\(line(node))"
        let say = strings(mapping["say"], "say", id)
        if say.isEmpty { fault(line(node), "group `\(id)` has nothing under `say`.") }
        let mean = mapping["mean"]?.mapping
        if mean == nil { fault(line(node), "group `\(id)` has no `mean`; write the official phrases under ru and kk.") }
        for (key, value) in mean ?? [:] where !["ru", "kk"].contains(key.string ?? "") {
            fault(line(value), "unknown language `\(key.string ?? "?")` in group `\(id)`; write ru or kk.")
        }
        let group = SynonymTable.Group(
            id: id, sphere: sphere, say: say, meanKK: strings(mean?["kk"], "mean.kk", id),
            meanRU: strings(mean?["ru"], "mean.ru", id),
            onlyColloquial: strings(mapping["only-colloquial"], "only-colloquial", id))
        for saying in group.onlyColloquial where !say.contains(saying) {
            fault(line(node), "`\(saying)` is only-colloquial in group `\(id)` but not under `say`.")
        }
        groups.append(group)
    }

    private mutating func strings(_ node: Node?, _ field: String, _ id: String) -> [String] {
        guard let node else { return [] }
        guard let list = node.sequence else {
            fault(line(node), "`\(field)` of group `\(id)` must be a list.")
            return []
        }
        return list.compactMap { item in
            if let text = item.scalar?.string, !text.isEmpty { return text }
            fault(line(item), "an entry of `\(field)` of group `\(id)` is not a text.")
            return nil
        }
    }

    private func line(_ node: Node) -> Int { node.mark?.line ?? 0 }

    private mutating func fault(_ line: Int, _ message: String) {
        faults.append(SearchDataFault.Place(file: file, line: line, message: message))
    }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}
