import CExpat
import Glibc

/// What is told of XML while it is read.
protocol XMLListener: AnyObject {
    /// An element begins; its name without prefix.
    func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes)
    /// Text within the element; a long one comes in pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    /// An element ends.
    func end(_ name: UnsafePointer<CChar>)
    /// Whether the rest need not be read.
    var isDone: Bool { get }
}

/// The attributes of an element.
struct XMLAttributes {
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of the attribute with this name (its prefix included where it has one); nil where there is none.
    subscript(name: String) -> String? {
        guard let list else { return nil }
        var place = 0
        while let key = list[place], let value = list[place + 1] {
            if strcmp(key, name) == 0 { return String(cString: value) }
            place += 2
        }
        return nil
    }

    /// The value of the first attribute whose name without its prefix this is and which has one.
    func prefixed(_ name: String) -> String? {
        guard let list else { return nil }
        var place = 0
        while let key = list[place], let value = list[place + 1] {
            if let colon = strchr(key, 0x3A), strcmp(colon.advanced(by: 1), name) == 0 { return String(cString: value) }
            place += 2
        }
        return nil
    }
}

/// XML read by Expat as it comes, without document types: no entity is declared, so none is expanded and none fetched.
final class XMLStream {
    private static let depthLimit = 100

    private let part: String
    private let parser: XML_Parser
    private var depth = 0
    private var failure: SpreadsheetError?
    private let listener: any XMLListener

    /// A stream for a part of a workbook.
    /// - Throws: `SpreadsheetError.damaged` where Expat has no memory.
    init(part: String, _ listener: any XMLListener) throws(SpreadsheetError) {
        guard let parser = XML_ParserCreate(nil) else { throw .damaged(part: part, reason: "no memory for its XML") }
        self.part = part
        self.parser = parser
        self.listener = listener
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let stream = XMLStream.of(data), let name else { return }
                stream.begin(name, XMLAttributes(list: attributes))
            },
            { data, name in
                guard let stream = XMLStream.of(data), let name else { return }
                stream.depth -= 1
                stream.listener.end(XMLStream.local(name))
                if stream.listener.isDone { XML_StopParser(stream.parser, 0) }
            })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let stream = XMLStream.of(data), let text else { return }
            text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                stream.listener.text(UnsafeBufferPointer(start: $0, count: Int(count)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let stream = XMLStream.of(data) else { return }
            stream.stop(.documentType(part: stream.part))
        }
    }

    deinit { XML_ParserFree(parser) }

    /// Reads the next bytes.
    /// - Returns: whether more are wanted.
    /// - Throws: `SpreadsheetError` where it is no XML or has a document type.
    func take(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool = false) throws(SpreadsheetError) -> Bool {
        let status = bytes.withMemoryRebound(to: CChar.self) {
            XML_Parse(parser, $0.baseAddress, Int32($0.count), isLast ? 1 : 0)
        }
        if let failure { throw failure }
        if listener.isDone { return false }
        guard status == XML_STATUS_OK else {
            let why = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "unknown"
            throw .damaged(part: part, reason: "line \(XML_GetCurrentLineNumber(parser)): \(why)")
        }
        return true
    }

    private func begin(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        depth += 1
        guard depth <= Self.depthLimit else {
            return stop(.tooLarge(what: "depth of \(part)", limit: Self.depthLimit))
        }
        listener.start(Self.local(name), attributes)
        if listener.isDone { XML_StopParser(parser, 0) }
    }

    private func stop(_ error: SpreadsheetError) {
        failure = failure ?? error
        XML_StopParser(parser, 0)
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLStream? {
        data.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func local(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
        strchr(name, 0x3A).map { UnsafePointer($0.advanced(by: 1)) } ?? name
    }
}

extension ZipArchive {
    /// Reads a file of the archive as XML.
    /// - Returns: how many bytes it unpacked to.
    /// - Throws: `SpreadsheetError`.
    @discardableResult
    func read(_ entry: Entry, limit: Int, _ listener: any XMLListener) throws -> Int {
        let stream = try XMLStream(part: entry.name, listener)
        let count = try unpack(entry, limit: limit) { try stream.take($0) }
        if !listener.isDone { _ = try stream.take(UnsafeBufferPointer(start: nil, count: 0), isLast: true) }
        return count
    }
}

extension UnsafePointer<CChar> {
    /// Whether the text is this one.
    func equals(_ text: String) -> Bool { strcmp(self, text) == 0 }
}
