import CQREncode
import Markup

/// A picture that a telephone's camera reads, made by libqrencode.
struct QRCode: Sendable {
    /// How many squares a side has.
    let side: Int
    private let isDark: [Bool]

    /// The picture of a text; nil where the text is too long for one.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        isDark = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// The dark squares as the outline of an SVG path, one run of squares after another, inside a margin of `margin`.
    func outline(margin: Int) -> String {
        var path = ""
        for y in 0..<side {
            var x = 0
            while x < side {
                let start = x
                while x < side, isDark[y * side + x] { x += 1 }
                if x > start {
                    path += "M\(start + margin) \(y + margin)h\(x - start)v1h-\(x - start)z"
                } else {
                    x += 1
                }
            }
        }
        return path
    }
}

extension HTML {
    /// Draws the code dark on light whatever the theme, since cameras want it so.
    mutating func qrCode(_ code: QRCode, label: String) {
        let (margin, side) = (4, code.side + 8)
        element(
            "svg",
            [
                .class("qr"), .role("img"), .ariaLabel(label), Attribute("viewBox", "0 0 \(side) \(side)"),
                Attribute("width", 200), Attribute("height", 200), Attribute("shape-rendering", "crispEdges"),
            ]
        ) { html in
            html.rect(x: 0, y: 0, width: side, height: side, Attribute("fill", "#fff"))
            html.element("path", [Attribute("d", code.outline(margin: margin)), Attribute("fill", "#000")]) { _ in }
        }
    }
}
