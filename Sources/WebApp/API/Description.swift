import Foundation
import Hummingbird

/// The description of the JSON interface (OpenAPI 3.1), as it is shipped with the program.
package enum Description {
    /// The text of the description.
    /// - Throws: an error of the file system where the program was copied without its resources.
    package static func text() throws -> String {
        try String(
            contentsOf: Bundle.module.bundleURL.appendingPathComponent("Description/openapi.yaml"), encoding: .utf8)
    }

    static func show(_ site: WebRequest) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml"],
            body: .init(byteBuffer: ByteBuffer(string: try text())))
    }
}
