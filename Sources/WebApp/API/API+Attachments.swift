import Attachments
import CanonicalJSON
import Hummingbird

/// Files: uploaded first, then named in a command by their digest.
enum AttachmentAPI {
    /// Keeps the files of a form; answers with their digests in their order.
    static func upload(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        guard let form = site.multipart else {
            throw APIProblem(.unsupportedMedia, "Send multipart/form-data with the files.")
        }
        if let (field, problem) = form.problems.min(by: { $0.key < $1.key }) {
            throw APIProblem.field(field, problem == .empty ? "The file is empty." : "This kind of file is not taken.")
        }
        let files = form.files.sorted { $0.key < $1.key }.flatMap(\.value)
        guard !files.isEmpty else { throw APIProblem.field("file", "Send at least one file.") }
        let items = files.map { file in
            JSON.object([
                "digest": .string(file.digest), "size": .number(file.size), "type": .string(file.type.rawValue),
                "name": .string(file.name),
            ])
        }
        return APIAnswer(.object(["items": .array(items)]), status: .created).response
    }
}
