import CPango
import WorkingDays

/// Why a PDF could not be made.
package struct PDFFailure: Error, CustomStringConvertible {
    let reason: String
    package var description: String {
        "The PDF could not be made (\(reason)): check that Cairo, Pango and the DejaVu fonts are installed."
    }
}

/// A document of A4 pages.
package enum PDFDocument {
    /// What the file says of itself.
    package struct Facts: Sendable {
        let title: String
        let author: String
        let day: CivilDate

        /// The facts of a file.
        /// - Parameter day: the day that stands in the file as that of its making, so that the same content is the same bytes.
        package init(title: String, author: String, day: CivilDate) {
            self.title = title
            self.author = author
            self.day = day
        }
    }

    /// The bytes of a document, drawn on the calling thread: a few milliseconds a page.
    /// - Parameters:
    ///   - footer: what stands at the foot of a page, by its number and how many there are.
    ///   - draw: sets what is printed; called twice, first to count the pages.
    /// - Throws: `PDFFailure`.
    package static func bytesNow(
        _ facts: Facts, footer: @escaping (_ page: Int, _ total: Int) -> String, draw: (inout PageCanvas) -> Void
    ) throws(PDFFailure) -> [UInt8] {
        let pages = try drawn(facts, footer: { footer($0, 0) }, draw).pages
        return try drawn(facts, footer: { footer($0, pages) }, draw).bytes
    }

    private final class Sink {
        var bytes: [UInt8] = []
    }

    private static func drawn(
        _ facts: Facts, footer: @escaping (Int) -> String, _ draw: (inout PageCanvas) -> Void
    ) throws(PDFFailure) -> (bytes: [UInt8], pages: Int) {
        let sink = Sink()
        let surface = cairo_pdf_surface_create_for_stream(
            { closure, data, length in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes.append(
                    contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(sink).toOpaque(), PageCanvas.width, PageCanvas.height)
        guard let surface else { throw PDFFailure(reason: "no surface") }
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, facts.title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, facts.author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Bailanys")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "\(facts.day)T00:00:00Z")
        guard let cairo = cairo_create(surface) else { throw PDFFailure(reason: "no context") }
        defer { cairo_destroy(cairo) }
        var canvas = PageCanvas(cairo, footer: footer)
        draw(&canvas)
        canvas.endPage()
        let pages = canvas.page
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw PDFFailure(reason: String(cString: cairo_status_to_string(status)))
        }
        return (sink.bytes, pages)
    }
}
