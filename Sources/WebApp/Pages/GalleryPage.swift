import Hummingbird
import Markup

struct GalleryPage: Page {
    func title(_ view: View) -> String { "Gallery" }
    func draw(into html: inout HTML, _ view: View) { html.pageHeader("Gallery") }
    static func show(_ site: WebRequest) async throws -> Response { site.page(GalleryPage()) }
}
