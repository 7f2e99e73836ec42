import CPango

/// Pages of A4 onto which paragraphs are set one below the other; a page that is full is followed by the next.
///
/// A value of one drawing on one thread: the objects of Cairo and Pango live no longer than `draw`.
package struct PageCanvas: ~Copyable {
    /// Where text stands, in points.
    package struct Box: Sendable {
        /// The left edge, in points from that of the page.
        package var x: Double
        /// The width, in points.
        package var width: Double

        /// A box from its edge and its width.
        package init(x: Double, width: Double) {
            self.x = x
            self.width = width
        }
    }

    /// How a paragraph is set.
    package struct Style: Sendable {
        /// Where lines stand between the edges of their box.
        package enum Alignment: Sendable { case left, centre, right }

        /// The size of the letters, in points.
        package var size = 10.0
        /// Bold letters.
        package var isBold = false
        /// Where lines stand.
        package var alignment = Alignment.left
        /// Grey letters, for what is less important.
        package var isGrey = false
        /// The white after it, in points.
        package var after = 6.0
        /// The language of the words, `kk` or `ru`: it decides the shapes of some letters.
        package var language = "kk"
        /// The family of the letters: one with serifs for letters, one without for tables.
        package var font = "DejaVu Serif"

        /// A style; what is not said stays as usual.
        package init(
            size: Double = 10, isBold: Bool = false, isCentred: Bool = false, isGrey: Bool = false, after: Double = 6,
            language: String = "kk"
        ) {
            self.size = size
            self.isBold = isBold
            alignment = isCentred ? .centre : .left
            self.isGrey = isGrey
            self.after = after
            self.language = language
        }
    }

    /// The width of A4, in points.
    package static let width = 595.276
    /// The height of A4, in points.
    package static let height = 841.89
    /// The white around what is printed, in points.
    package static let margin = (left: 70.0, right: 45.0, top: 48.0, bottom: 62.0)
    /// The whole width between the margins.
    package static let column = Box(x: margin.left, width: width - margin.left - margin.right)

    /// From line to line, in heights of a line.
    private static let lineSpacing = 1.22

    private let cairo: OpaquePointer
    /// How far down the page one is, in points.
    package var y = PageCanvas.margin.top
    /// The number of the page, from 1.
    package private(set) var page = 1
    private let footer: (Int) -> String

    init(_ cairo: OpaquePointer, footer: @escaping (Int) -> String) {
        self.cairo = cairo
        self.footer = footer
    }

    private func layout(_ text: String, _ box: Box, _ style: Style) -> OpaquePointer? {
        guard let layout = pango_cairo_create_layout(cairo) else { return nil }
        pango_cairo_context_set_resolution(pango_layout_get_context(layout), 72)
        pango_context_set_language(pango_layout_get_context(layout), pango_language_from_string(style.language))
        let font = pango_font_description_from_string(style.font)
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        if style.isBold { pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD) }
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_layout_set_width(layout, Int32(box.width * Double(PANGO_SCALE)))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        let alignment =
            switch style.alignment {
            case .left: PANGO_ALIGN_LEFT
            case .centre: PANGO_ALIGN_CENTER
            case .right: PANGO_ALIGN_RIGHT
            }
        pango_layout_set_alignment(layout, alignment)
        pango_layout_set_line_spacing(layout, Float(Self.lineSpacing))
        // With its length: at a NUL inside it the rest would be left out.
        let unbroken = UnbrokenText.text(text)
        pango_layout_set_text(layout, unbroken, Int32(unbroken.utf8.count))
        return layout
    }

    private static func free(_ layout: OpaquePointer) { g_object_unref(UnsafeMutableRawPointer(layout)) }

    /// The height that a paragraph would take, in points.
    package func height(of text: String, in box: Box, _ style: Style) -> Double {
        guard let layout = layout(text, box, style) else { return 0 }
        defer { Self.free(layout) }
        var height: Int32 = 0
        pango_layout_get_size(layout, nil, &height)
        return Double(height) / Double(PANGO_SCALE)
    }

    /// Sets a paragraph without moving on; for what stands side by side.
    /// - Returns: the height it took, in points.
    @discardableResult
    package func put(_ text: String, in box: Box, at y: Double, _ style: Style) -> Double {
        guard let layout = layout(text, box, style) else { return 0 }
        defer { Self.free(layout) }
        setInk(style.isGrey)
        cairo_move_to(cairo, box.x, y)
        pango_cairo_show_layout(cairo, layout)
        var height: Int32 = 0
        pango_layout_get_size(layout, nil, &height)
        return Double(height) / Double(PANGO_SCALE)
    }

    /// Sets a paragraph and moves on, line by line over the end of a page; never a single line of it alone at the end.
    package mutating func paragraph(_ text: String, in box: Box = PageCanvas.column, _ style: Style) {
        guard let layout = layout(text, box, style) else { return }
        defer { Self.free(layout) }
        let count = pango_layout_get_line_count(layout)
        guard let lines = pango_layout_get_iter(layout) else { return }
        defer { pango_layout_iter_free(lines) }
        var offset = y
        for number in 0..<count {
            var frame = PangoRectangle()
            pango_layout_iter_get_line_extents(lines, nil, &frame)
            let scale = Double(PANGO_SCALE)
            let (top, height) = (Double(frame.y) / scale, Double(frame.height) / scale)
            // The second line stands lower than a height below the first by the white between lines.
            let needed = number == 0 && count > 1 ? 2 * height * Self.lineSpacing : height
            if offset + top + needed > Self.height - Self.margin.bottom {
                nextPage()
                offset = y - top
            }
            setInk(style.isGrey)
            let baseline = Double(pango_layout_iter_get_baseline(lines)) / scale
            cairo_move_to(cairo, box.x + Double(frame.x) / scale, offset + baseline)
            pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(lines))
            y = offset + top + height
            pango_layout_iter_next_line(lines)
        }
        y += style.after
    }

    /// Goes to the next page where less than `height` points are left.
    package mutating func keep(_ height: Double) {
        if y + height > Self.height - Self.margin.bottom { nextPage() }
    }

    /// A thin line from one x to another at the present height.
    package func rule(from start: Double, to end: Double, at y: Double, width: Double = 0.5) {
        setInk(false)
        cairo_set_line_width(cairo, width)
        cairo_move_to(cairo, start, y)
        cairo_line_to(cairo, end, y)
        cairo_stroke(cairo)
    }

    /// A coloured ground or a thin frame, or both.
    /// - Parameters:
    ///   - height: its height, in points.
    ///   - fill: the colour, 0xRRGGBB; nil for none.
    package func panel(_ box: Box, at y: Double, height: Double, fill: UInt32?, hasBorder: Bool) {
        if let fill {
            func part(_ shift: UInt32) -> Double { Double(fill >> shift & 0xFF) / 255 }
            cairo_set_source_rgb(cairo, part(16), part(8), part(0))
            cairo_rectangle(cairo, box.x, y, box.width, height)
            cairo_fill(cairo)
        }
        guard hasBorder else { return }
        cairo_set_source_rgb(cairo, 0.55, 0.55, 0.55)
        cairo_set_line_width(cairo, 0.5)
        cairo_rectangle(cairo, box.x, y, box.width, height)
        cairo_stroke(cairo)
    }

    /// Ends the page with its footer and begins the next.
    package mutating func nextPage() {
        endPage()
        page += 1
        y = Self.margin.top
    }

    /// Ends the page with its footer.
    package func endPage() {
        let text = footer(page)
        // A digest of 64 signs stays on one line.
        let size = text.count > 80 ? 6.4 : 8
        put(text, in: Self.column, at: Self.height - 40, Style(size: size, isCentred: true, isGrey: true))
        cairo_show_page(cairo)
    }

    private func setInk(_ isGrey: Bool) {
        let level = isGrey ? 0.35 : 0.05
        cairo_set_source_rgb(cairo, level, level, level)
    }
}
