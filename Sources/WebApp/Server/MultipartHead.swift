import Foundation

/// What a part of a form says about itself before its content.
package struct MultipartHead: Equatable, Sendable {
    /// The name of the field.
    package let name: String
    /// The name of the file as the sender's machine has it; nil for a field of text.
    package let fileName: String?

    /// Reads the header lines of a part.
    /// - Throws: `MultipartError`.
    init(_ bytes: [UInt8]) throws(MultipartError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText(field: "Content-Disposition") }
        var disposition: Substring?
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { throw .unnamedPart }
            let value = line[line.index(after: colon)...]
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-transfer-encoding":
                let encoding = value.trimmingCharacters(in: .whitespaces).lowercased()
                guard ["7bit", "8bit", "binary"].contains(encoding) else { throw .encoded(encoding) }
            default: break
            }
        }
        guard let disposition else { throw .unnamedPart }
        let (kind, parameters) = HeaderParameters.read(disposition)
        guard kind == "form-data", let name = parameters["name"], !name.isEmpty else { throw .unnamedPart }
        self.name = HeaderParameters.unescaped(name)
        fileName = parameters["filename"].map(HeaderParameters.unescaped)
    }

    /// The boundary that a header `Content-Type: multipart/form-data; boundary=…` names.
    /// - Returns: nil where the header is of another type.
    /// - Throws: `MultipartError.badBoundary`.
    package static func boundary(ofContentType header: String) throws(MultipartError) -> String? {
        let (kind, parameters) = HeaderParameters.read(header[...])
        guard kind == "multipart/form-data" else { return nil }
        let allowed = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=? ")
        guard let boundary = parameters["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.unicodeScalars.allSatisfy(allowed.contains), !boundary.hasSuffix(" ")
        else { throw .badBoundary }
        return boundary
    }
}

/// The value of a header with parameters: `form-data; name="a"; filename="B"`.
enum HeaderParameters {
    /// The value before the first semicolon and the parameters after it, names in lower case; the first of a name counts.
    static func read(_ header: Substring) -> (value: String, parameters: [String: String]) {
        var rest = header
        let value = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(value.count)
        var parameters: [String: String] = [:]
        while rest.first == ";" {
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let text = rest.first == "\"" ? quoted(&rest) : plain(&rest)
            let key = name.trimmingCharacters(in: .whitespaces).lowercased()
            if parameters[key] == nil { parameters[key] = text }
            rest = rest.drop { $0 != ";" }
        }
        return (value.trimmingCharacters(in: .whitespaces).lowercased(), parameters)
    }

    /// Browsers write a quotation mark and line breaks in a name as `%22`, `%0D` and `%0A`, and nothing else.
    static func unescaped(_ text: String) -> String {
        text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }

    private static func plain(_ rest: inout Substring) -> String {
        let text = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(text.count)
        return text.trimmingCharacters(in: .whitespaces)
    }

    /// A backslash escapes a quotation mark only, since it stands in paths of Windows too.
    private static func quoted(_ rest: inout Substring) -> String {
        rest = rest.dropFirst()
        var text = ""
        while let next = rest.popFirst(), next != "\"" {
            if next == "\\", rest.first == "\"" { text.append(rest.removeFirst()) } else { text.append(next) }
        }
        return text
    }
}
