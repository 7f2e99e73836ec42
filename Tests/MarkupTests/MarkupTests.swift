import Languages
import Markup
import Testing

@Suite("Escaping")
struct EscapingTests {
    private static func text(_ text: String) -> String {
        String(decoding: HTML.fragment { $0.text(text) }, as: UTF8.self)
    }

    @Test(
        "what could end a text, a tag or an attribute is written as a reference",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a & b", "a &amp; b"), ("&amp;", "&amp;amp;"),
            ("\" onload=\"x", "&quot; onload=&quot;x"), ("it's", "it&#39;s"),
            ("--><!--", "--&gt;&lt;!--"), ("]]>", "]]&gt;"),
        ])
    func references(source: String, written: String) {
        #expect(Self.text(source) == written)
    }

    @Test(
        "a mark that combines with the character before it hides nothing",
        arguments: ["\u{301}", "\u{338}", "\u{20E3}", "\u{FE0F}", "\u{200D}", "\u{1F3FD}"])
    func combiningMarks(mark: String) {
        for (character, reference) in [("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("&", "&amp;")] {
            // Compared as bytes: as strings, a combined character equals its other spelling.
            let written = HTML.fragment { $0.text("x" + character + mark + "y") }
            #expect(written == Array(("x" + reference).utf8) + Array(mark.utf8) + [UInt8(ascii: "y")])
        }
    }

    @Test("control characters, which HTML does not allow, become the replacement character")
    func controlCharacters() {
        #expect(Self.text("a\u{0}b\u{1B}c\u{7F}d") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d")
        #expect(Self.text("a\tb\nc\rd").utf8.elementsEqual("a\tb\nc\rd".utf8))
    }

    @Test("letters of every script pass as they are", arguments: ["Ә Ғ Қ Ң Ө Ұ Ү Һ І", "Ёлка ёж", "日本", "👩‍👩‍👧", ""])
    func letters(source: String) {
        #expect(Self.text(source).utf8.elementsEqual(source.utf8))
    }

    @Test("every scalar below U+3000, between quotes in an attribute, leaves the attribute whole")
    func everyScalar() {
        for value in UInt32(0)..<0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = HTML.fragment { $0.input(.value("\"\(scalar)<\(scalar)'")) }
            #expect(bytes.count(where: { $0 == UInt8(ascii: "\"") }) == 2)
            #expect(bytes.count(where: { $0 == UInt8(ascii: "<") }) == 1)
        }
    }
}

@Suite("Addresses")
struct SafeURLTests {
    @Test(
        "pages of the site and the four schemes are kept",
        arguments: [
            "/", "/cards/12?q=a#top", "#main", "?page=2", "cards/1", "", "https://egov.kz/", "HTTP://x",
            "mailto:a@b.kz",
            "tel:1414", "/a:b", "./x:y",
        ])
    func allowed(address: String) {
        #expect(SafeURL(address).string == address)
    }

    @Test(
        "whatever could run or lead astray is refused",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
            "java\nscript:alert(1)", "\u{1}javascript:alert(1)", "data:text/html,<script>", "vbscript:x",
            "//evil.example",
            "/\\evil.example", "\\\\evil.example", "blob:x", "file:///etc/passwd", "javascript\u{301}:x", ":x",
        ])
    func refused(address: String) {
        #expect(SafeURL(address).string == SafeURL.refused)
        let link = String(decoding: HTML.fragment { $0.a(.href(address), text: "x") }, as: UTF8.self)
        #expect(link == "<a href=\"#refused-address\">x</a>")
    }
}

@Suite("Elements")
struct ElementTests {
    @Test("elements nest, attributes keep their order, absent ones are left out")
    func nesting() {
        let bytes = HTML.page { html in
            html.section(.class("card"), .id("a\"b"), .title("x").when(false)) { html in
                html.h2(text: "Құжат & <b>")
                html.p(.lang(.kk)) { html in
                    html.text("1 ")
                    html.strong(text: "2")
                    html.br()
                }
                html.input(.type("checkbox"), .checked(true), .disabled(false))
            }
        }
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                <!doctype html>
                <section class="card" id="a&quot;b"><h2>Құжат &amp; &lt;b&gt;</h2><p lang="kk">1 <strong>2</strong><br></p>\
                <input type="checkbox" checked></section>
                """)
    }

    @Test("a text area keeps its first line feed")
    func textarea() {
        let bytes = HTML.fragment { $0.textarea(.name("t"), text: "\nx</textarea>") }
        #expect(String(decoding: bytes, as: UTF8.self) == "<textarea name=\"t\">\n\nx&lt;/textarea&gt;</textarea>")
    }

    @Test("only markup that is vouched for passes unescaped")
    func raw() {
        let icon = TrustedHTML("<svg></svg>")
        let reused = TrustedHTML { $0.b("<") }
        let bytes = HTML.fragment { html in
            html.raw(icon)
            html.raw(reused)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "<svg></svg><b>&lt;</b>")
    }
}

extension HTML {
    fileprivate mutating func b(_ text: String) { element("b", [], text: text) }
}
