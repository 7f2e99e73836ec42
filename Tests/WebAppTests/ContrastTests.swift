import Foundation
import Testing

/// WCAG 2.2: text needs 4.5 to 1 against its ground, the edges of controls and what bears meaning 3 to 1.
@Suite("Colours can be told apart, in the light and in the dark")
struct ContrastTests {
    private static let text: [(String, [String])] = [
        ("ink", ["paper", "surface", "sunken"]), ("ink-soft", ["paper", "surface", "sunken", "waiting-soft"]),
        ("ink-faint", ["paper", "surface", "sunken"]), ("accent", ["paper", "surface", "sunken", "accent-soft"]),
        ("on-accent", ["accent-strong", "accent-hover"]),
        ("ink", ["running-soft", "due-soft", "breached-soft", "met-soft"]), ("breached", ["surface", "paper"]),
        ("running", ["running-soft", "surface"]), ("due", ["due-soft", "surface"]),
        ("breached", ["breached-soft"]), ("met", ["met-soft", "surface"]),
        ("suspended", ["suspended-soft", "surface"]), ("waiting", ["waiting-soft", "surface"]),
        ("provisional", ["provisional-soft", "surface"]),
    ]
    private static let shapes: [(String, [String])] = [
        ("field-line", ["surface", "paper"]), ("focus", ["surface", "paper"]),
        ("running-solid", ["surface"]), ("due-solid", ["surface"]), ("breached-solid", ["surface"]),
        ("met-solid", ["surface"]), ("suspended-solid", ["surface"]), ("waiting-solid", ["surface"]),
    ]

    @Test("texts have 4.5 to 1", arguments: [0, 1])
    func texts(theme: Int) throws { try check(Self.text, theme, atLeast: 4.5) }

    @Test("edges and bars have 3 to 1", arguments: [0, 1])
    func shapes(theme: Int) throws { try check(Self.shapes, theme, atLeast: 3) }

    private func check(_ pairs: [(String, [String])], _ theme: Int, atLeast least: Double) throws {
        let tokens = try Self.tokens()
        for (front, grounds) in pairs {
            for ground in grounds {
                let one = try #require(tokens[front]?[theme])
                let other = try #require(tokens[ground]?[theme])
                let ratio = Self.contrast(one, other)
                #expect(ratio >= least, "\(front) on \(ground), \(theme == 0 ? "light" : "dark"): \(ratio)")
            }
        }
    }

    private static func tokens() throws -> [String: [Int]] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/WebApp/Static/tokens.css")
        let css = try String(contentsOf: file, encoding: .utf8)
        var tokens: [String: [Int]] = [:]
        for match in css.matches(of: /--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/) {
            tokens[String(match.1)] = [match.2, match.3].compactMap { Int($0, radix: 16) }
        }
        return tokens
    }

    private static func contrast(_ one: Int, _ other: Int) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: Int) -> Double {
        func linear(_ part: Int) -> Double {
            let value = Double(part & 255) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour)
    }
}
