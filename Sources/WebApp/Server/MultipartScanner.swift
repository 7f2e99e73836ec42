import Foundation

/// Cuts a body of `multipart/form-data` (RFC 7578) into its parts while it arrives.
///
/// Bytes go in by `take(_:)`, what they mean comes out by `next()`; no more than one piece and the length of a boundary
/// is kept, whatever the size of a file. Knows nothing of requests and files.
package struct MultipartScanner {
    /// What the bytes mean.
    package enum Event: Equatable, Sendable {
        /// A part begins.
        case part(MultipartHead)
        /// More of the content of the part.
        case content([UInt8])
        /// The part is whole.
        case partEnd
        /// No part follows.
        case end
    }

    private enum Place { case start, afterBoundary, head, content, end }

    private static let headLimit = 8_192
    private static let startLimit = 1_024

    private let boundary: [UInt8]
    // A boundary follows a line break; the first may stand at the very beginning.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var place = Place.start
    /// Whether nothing of the content has been read, so that the buffer begins with the line break before it.
    private var isAtStart = false

    /// A scanner for the boundary that the header of the request names.
    package init(boundary: String) { self.boundary = Array("\r\n--\(boundary)".utf8) }

    /// Takes in the next bytes.
    package mutating func take(_ bytes: some Collection<UInt8>) {
        // What follows the last boundary means nothing.
        if place != .end { buffer.append(contentsOf: bytes) }
    }

    /// Whether the last boundary has come.
    package var isComplete: Bool { place == .end }

    /// What comes next; nil where more bytes are needed.
    /// - Throws: `MultipartError` where the bytes are no form.
    package mutating func next() throws(MultipartError) -> Event? {
        while true {
            switch place {
            case .start:
                guard let found = find(boundary) else {
                    if buffer.count > Self.startLimit { throw .noBoundary }
                    return nil
                }
                buffer.removeFirst(found + boundary.count)
                place = .afterBoundary
            case .afterBoundary:
                guard let isLast = try readBoundaryEnd() else { return nil }
                place = isLast ? .end : .head
                if isLast {
                    buffer = []
                    return .end
                }
            case .head:
                guard let end = find([0x0D, 0x0A, 0x0D, 0x0A]) else {
                    if buffer.count > Self.headLimit { throw .headTooLarge(limit: Self.headLimit) }
                    return nil
                }
                guard end <= Self.headLimit else { throw .headTooLarge(limit: Self.headLimit) }
                let head = try MultipartHead(Array(buffer[..<end]))
                // The line break of the empty line stays: the boundary of a part without content follows it at once.
                buffer.removeFirst(end + 2)
                (place, isAtStart) = (.content, true)
                return .part(head)
            case .content:
                return readContent()
            case .end:
                return nil
            }
        }
    }

    private mutating func readContent() -> Event? {
        let found = find(boundary)
        let start = isAtStart && found != 0 ? 2 : 0
        // The end of the buffer may be the beginning of a boundary.
        let end = found ?? buffer.count - boundary.count + 1
        if end > start {
            let content = Array(buffer[start..<end])
            buffer.removeFirst(end)
            isAtStart = false
            return .content(content)
        }
        guard let found else { return nil }
        buffer.removeFirst(found + boundary.count)
        (place, isAtStart) = (.afterBoundary, false)
        return .partEnd
    }

    /// Reads what follows a boundary: two hyphens after the last, a line break (after blanks) after any other.
    private mutating func readBoundaryEnd() throws(MultipartError) -> Bool? {
        guard buffer.count >= 2 else { return nil }
        if buffer[0] == 0x2D, buffer[1] == 0x2D { return true }
        let blanks = buffer.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard blanks < 128 else { throw .brokenBoundary }
        guard buffer.count >= blanks + 2 else { return nil }
        guard buffer[blanks] == 0x0D, buffer[blanks + 1] == 0x0A else { throw .brokenBoundary }
        buffer.removeFirst(blanks + 2)
        return false
    }

    /// Where `bytes`, which begin with a carriage return, stand in the buffer.
    private func find(_ bytes: [UInt8]) -> Int? {
        buffer.withUnsafeBytes { whole -> Int? in
            guard let start = whole.baseAddress else { return nil }
            var offset = 0
            while offset + bytes.count <= whole.count,
                let next = memchr(start + offset, 0x0D, whole.count - bytes.count - offset + 1)
            {
                offset = UnsafeRawPointer(next) - start
                if memcmp(next, bytes, bytes.count) == 0 { return offset }
                offset += 1
            }
            return nil
        }
    }
}

/// Why a body is no form with files.
package enum MultipartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The header of the request names no boundary, or none that is allowed.
    case badBoundary
    /// The body does not begin with the boundary.
    case noBoundary
    /// Something else than a line break follows a boundary.
    case brokenBoundary
    /// The lines before the content of a part are too many.
    case headTooLarge(limit: Int)
    /// A part does not say which field it is.
    case unnamedPart
    /// A part is encoded in a way that forms do not use.
    case encoded(String)
    /// A name or a value is not UTF-8.
    case notText(field: String)
    /// The body ends before the last boundary.
    case cutOff
    /// There are more parts than the form may have.
    case tooManyParts(limit: Int)
    /// There are more files than the form may have.
    case tooManyFiles(limit: Int)

    package var description: String {
        switch self {
        case .badBoundary:
            "The header Content-Type names no boundary: send multipart/form-data; boundary=… of 1-70 characters."
        case .noBoundary: "The body does not begin with the boundary that the header Content-Type names."
        case .brokenBoundary: "A boundary in the body is followed by something else than a line break."
        case .headTooLarge(let limit): "The header of a part is larger than \(limit) bytes."
        case .unnamedPart: "A part has no header Content-Disposition: form-data with a name."
        case .encoded(let encoding): "A part is encoded as “\(encoding)”: send it as it is."
        case .notText(let field): "The field “\(field)” is not text in UTF-8."
        case .cutOff: "The body ends before its last boundary: send it again."
        case .tooManyParts(let limit): "The form has more than \(limit) parts."
        case .tooManyFiles(let limit): "The form has more than \(limit) files: send the others in another."
        }
    }
}
