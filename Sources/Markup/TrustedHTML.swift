/// Markup that is written into a page without escaping: the one door past it.
///
/// It can be made from a literal of the program, or from what another `HTML` has already escaped. There is no initialiser
/// from a `String`, so nothing a user typed can get here by mistake.
package struct TrustedHTML: Sendable, Hashable {
    let bytes: [UInt8]

    /// Markup written by us in the source code.
    package init(_ literal: StaticString) {
        bytes = Array(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// What `content` writes, to be drawn several times.
    package init(_ content: (inout HTML) -> Void) {
        bytes = HTML.fragment(content)
    }
}
