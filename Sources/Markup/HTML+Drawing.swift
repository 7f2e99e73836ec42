/// The few shapes of SVG that bars, icons and charts need.
///
/// Sizes are attributes, not styles: the Content-Security-Policy allows no inline style, and a drawing needs none.
extension HTML {
    /// A drawing in a box of `width` × `height` units. Give it a label, or hide it with `.ariaHidden`.
    package mutating func svg(
        width: Int, height: Int, _ attributes: Attribute..., content: (inout HTML) throws -> Void
    ) rethrows {
        try element("svg", [Attribute("viewBox", "0 0 \(width) \(height)")] + attributes, content)
    }

    /// A rectangle.
    package mutating func rect(x: Int, y: Int, width: Int, height: Int, _ attributes: Attribute...) {
        element(
            "rect",
            [Attribute("x", x), Attribute("y", y), Attribute("width", width), Attribute("height", height)] + attributes,
            text: "")
    }

    /// A line drawn by an SVG path, written in the program.
    package mutating func path(_ d: StaticString, _ attributes: Attribute...) {
        element("path", [Attribute("d", d.description)] + attributes, text: "")
    }

    /// A circle.
    package mutating func circle(x: Int, y: Int, radius: Int, _ attributes: Attribute...) {
        element("circle", [Attribute("cx", x), Attribute("cy", y), Attribute("r", radius)] + attributes, text: "")
    }

    /// A line of text within a drawing.
    package mutating func drawnText(x: Int, y: Int, _ attributes: Attribute..., text: String) {
        element("text", [Attribute("x", x), Attribute("y", y)] + attributes, text: text)
    }

    /// A group of shapes.
    package mutating func group(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("g", attributes, content)
    }
}
