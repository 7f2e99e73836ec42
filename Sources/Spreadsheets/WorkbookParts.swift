/// Reads `workbook.xml`: the sheets and where their days begin.
final class SheetList: XMLListener {
    struct Sheet {
        let name: String
        let relation: String
        let isVisible: Bool
    }

    private(set) var sheets: [Sheet] = []
    private(set) var isFrom1904 = false
    var isDone: Bool { false }

    func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        if name.equals("sheet") {
            let state = attributes["state"] ?? "visible"
            sheets.append(
                Sheet(
                    name: attributes["name"] ?? "", relation: attributes.prefixed("id") ?? attributes["id"] ?? "",
                    isVisible: state == "visible"))
        } else if name.equals("workbookPr") {
            isFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "0")
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: UnsafePointer<CChar>) {}
}

/// Reads the relations of the workbook: which part is which sheet.
final class Relations: XMLListener {
    private(set) var targets: [String: String] = [:]
    private(set) var styles: String?
    private(set) var strings: String?
    var isDone: Bool { false }

    func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        guard name.equals("Relationship"), let id = attributes["Id"], let target = attributes["Target"],
            attributes["TargetMode"] != "External"
        else { return }
        targets[id] = target
        let type = attributes["Type"] ?? ""
        if type.hasSuffix("/styles") { styles = target }
        if type.hasSuffix("/sharedStrings") { strings = target }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: UnsafePointer<CChar>) {}
}

/// Reads `styles.xml`: how the numbers of each cell format are shown.
final class Styles: XMLListener {
    private static let limit = 100_000

    /// The shapes by the number of the cell format.
    private(set) var shapes: [NumberShape] = []
    private var declared: [Int: NumberShape] = [:]
    private var isInFormats = false
    var isDone: Bool { shapes.count > Self.limit }

    func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        if name.equals("numFmt") {
            guard let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] else {
                return
            }
            declared[id] = NumberShape(code: code)
        } else if name.equals("cellXfs") {
            isInFormats = true
        } else if isInFormats, name.equals("xf") {
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            shapes.append(declared[id] ?? .builtIn(id))
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: UnsafePointer<CChar>) { if name.equals("cellXfs") { isInFormats = false } }
}
