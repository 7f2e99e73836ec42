import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The files that pages refer to, read once at start-up; there are few and they are small.
///
/// Their addresses bear a part of their digest, so browsers keep them for ever and still get a new one at once.
package struct Assets: Sendable {
    /// One file.
    struct Asset: Sendable {
        let bytes: ByteBuffer
        let mediaType: String
        let version: String
        var eTag: String { "\"\(version)\"" }
    }

    private let files: [String: Asset]

    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]

    /// Reads the files that are shipped with the program.
    /// - Throws: `AssetError` for a file of a kind that is not served; an error of the file system.
    package init() throws {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Static")
        var files: [String: Asset] = [:]
        for entry in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !entry.hasPrefix(".") {
            // A folder of style sheets is one sheet for the browser, joined in the order of the names: `site/` is `site.css`.
            let parts = try Self.sheets(in: folder.appendingPathComponent(entry))
            let name = parts == nil ? entry : entry + ".css"
            guard let mediaType = Self.mediaTypes[String(name.split(separator: ".").last ?? "")] else {
                throw AssetError(file: name)
            }
            let data =
                try parts?.reduce(into: Data()) { data, part in data += try Data(contentsOf: part) }
                ?? Data(contentsOf: folder.appendingPathComponent(entry))
            let version = SHA256.hash(data: data).prefix(8).map { String(format: "%02x", $0) }.joined()
            files[name] = Asset(bytes: ByteBuffer(bytes: data), mediaType: mediaType, version: version)
        }
        self.files = files
    }

    /// The style sheets of a folder in the order of their names; nil for a file.
    private static func sheets(in place: URL) throws -> [URL]? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), isFolder.boolValue else {
            return nil
        }
        return try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".css") }.sorted()
            .map(place.appendingPathComponent)
    }

    /// The address of a file, with its version.
    package func address(_ name: String) -> String {
        SitePath.asset(.value(name)).with(["v": files[name]?.version])
    }

    /// The answer to a request for a file.
    /// - Throws: `HTTPError` 404 where there is none of this name.
    func respond(to request: Request, name: String) throws -> Response {
        guard let asset = files[name] else { throw HTTPError(.notFound) }
        let isVersioned = request.uri.queryParameters["v"].map(String.init) == asset.version
        var headers: HTTPFields = [
            .contentType: asset.mediaType, .eTag: asset.eTag,
            .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "public, no-cache",
        ]
        if request.headers[values: .ifNoneMatch].contains(where: { $0.contains(asset.eTag) || $0 == "*" }) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentLength] = String(asset.bytes.readableBytes)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
    }
}

/// A file among the assets is of a kind that is not served.
package struct AssetError: Error, CustomStringConvertible {
    /// The file.
    package let file: String

    package var description: String {
        "Sources/WebApp/Static/\(file) is of a kind that is not served: add its media type in Assets.swift."
    }
}
