/// A page, or a part of one, being written as UTF-8 bytes.
///
/// Elements are methods that take attributes and either a text or a closure that writes the content:
///
/// ```swift
/// let page = HTML.page { html in
///     html.section(.class("card")) { html in
///         html.h2(text: name)
///         html.p(.lang(.kk), text: text)
///     }
/// }
/// ```
///
/// The text of an element and the value of an attribute are always escaped.
package struct HTML: Sendable {
    /// What has been written, UTF-8.
    package private(set) var bytes: [UInt8]

    /// An empty page with room for `capacity` bytes, so that a usual page is written without growing.
    package init(capacity: Int = 16_384) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// The bytes of a whole document: the doctype, then what `content` writes.
    package static func page(_ content: (inout HTML) throws -> Void) rethrows -> [UInt8] {
        var html = HTML()
        html.append("<!doctype html>\n")
        try content(&html)
        return html.bytes
    }

    /// The bytes of a part of a page.
    package static func fragment(_ content: (inout HTML) throws -> Void) rethrows -> [UInt8] {
        var html = HTML(capacity: 1_024)
        try content(&html)
        return html.bytes
    }

    /// What has been written, as a string; for tests and messages.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Text

    /// Writes `text`, escaped.
    package mutating func text(_ text: String) {
        Escaping.append(text, to: &bytes)
    }

    /// Writes `number` in plain ASCII digits, without grouping.
    package mutating func text(_ number: Int) {
        Escaping.append(number.description, to: &bytes)
    }

    /// Writes markup that somebody vouches for, as it is.
    package mutating func raw(_ markup: TrustedHTML) {
        bytes.append(contentsOf: markup.bytes)
    }

    // MARK: Elements

    /// Writes `<tag …>`, then what `content` writes, then `</tag>`.
    package mutating func element(
        _ tag: StaticString, _ attributes: [Attribute], _ content: (inout HTML) throws -> Void
    ) rethrows {
        open(tag, attributes)
        try content(&self)
        close(tag)
    }

    /// Writes `<tag …>text</tag>`.
    package mutating func element(_ tag: StaticString, _ attributes: [Attribute], text: String) {
        open(tag, attributes)
        Escaping.append(text, to: &bytes)
        close(tag)
    }

    /// Writes `<tag …>`, an element that has no content and no end tag.
    package mutating func void(_ tag: StaticString, _ attributes: [Attribute]) {
        open(tag, attributes)
    }

    /// Writes a literal of the program as it is.
    mutating func append(_ literal: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    private mutating func open(_ tag: StaticString, _ attributes: [Attribute]) {
        bytes.append(UInt8(ascii: "<"))
        append(tag)
        for attribute in attributes { write(attribute) }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ tag: StaticString) {
        append("</")
        append(tag)
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func write(_ attribute: Attribute) {
        switch attribute.value {
        case .absent:
            return
        case .flag:
            bytes.append(UInt8(ascii: " "))
            append(attribute.name)
        case .text(let value):
            bytes.append(UInt8(ascii: " "))
            append(attribute.name)
            append("=\"")
            Escaping.append(value, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
    }
}
