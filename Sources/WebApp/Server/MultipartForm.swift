import Attachments
import Hummingbird

/// How much a form with files may carry.
package struct UploadLimits: Hashable, Sendable {
    /// How many files.
    package var files: Int
    /// How many bytes in all.
    package var bytes: Int
    /// How many bytes the fields of text may have in all.
    package var fieldBytes = 262_144
    /// How many parts.
    package var parts = 1_000
    /// What becomes of the files.
    package var keeping = Keeping.forSender

    /// What becomes of the files of a form; whichever it is, only their owner may read them on the disk.
    package enum Keeping: Hashable, Sendable {
        /// Who sent them may name them in a step for some days; until then and after it they lie apart.
        case forSender
        /// They stay where the act that they came with succeeds (`WebRequest.keeping`).
        case withTheAct
        /// They are read once and are gone when the answer is given.
        case forgotten
    }

    /// One file that is read once and forgotten: an import with names in it is no attachment.
    package static func forgotten(bytes: Int) -> UploadLimits {
        var limits = UploadLimits(files: 1, bytes: bytes)
        limits.keeping = .forgotten
        return limits
    }

    /// One file that stays only where the act succeeds that it came with.
    package static func withTheAct(bytes: Int) -> UploadLimits {
        var limits = UploadLimits(files: 1, bytes: bytes)
        limits.keeping = .withTheAct
        return limits
    }

    /// Limits; by default 20 files and 200 MiB in all. How large one file may be is for the store to say.
    package init(files: Int = 20, bytes: Int = 200 * 1_024 * 1_024) {
        self.files = files
        self.bytes = bytes
    }
}

/// A form with files, as it has arrived: the fields, and the files that are kept by now.
package struct MultipartForm: Sendable {
    /// The fields of text.
    package var fields = Form()
    /// The files by the name of the field, in their order.
    package var files: [String: [Attachment]] = [:]
    /// Why a file of a field was not kept; the first of each field.
    package var problems: [String: FileProblem] = [:]
    /// Those of `files` that are kept with the act only.
    var arrived: [String: [ArrivedFile]] = [:]
    /// The files that are not kept, with their names, by the name of the field.
    var spooled: [String: (file: SpooledFile, name: String)] = [:]

    /// Forgets the files that are not kept.
    func discard() {
        for spooled in spooled.values { spooled.file.discard() }
        for file in arrived.values.joined() { file.discard() }
    }
}

/// Why a file that somebody chose was not kept; shown beside its field.
package enum FileProblem: String, CaseIterable, Hashable, Sendable {
    /// It has no content.
    case empty
    /// Its content is of no type that is taken.
    case unknownType
}

/// Reads a form with files from a request; each file goes to the store while it arrives.
enum MultipartReader {
    /// Reads the whole form.
    /// - Parameters:
    ///   - sender: in whose name files are kept that are kept at once.
    ///   - seconds: how long it may take to arrive.
    ///   - check: asked once, with the fields that have come before the first file; what it throws ends the reading, so
    ///     that nothing of a forged form is kept.
    /// - Throws: `SiteError` `tooLarge`, `tooSlow`; `AttachmentError.tooLarge` or `.system`; `MultipartError`; what `check`
    ///   throws. Nothing of an unfinished file is left then.
    static func read(
        _ request: Request, boundary: String, limits: UploadLimits, into store: AttachmentStore, for sender: String,
        within seconds: Int64, check: @escaping @Sendable (Form) throws -> Void
    ) async throws -> MultipartForm {
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limits.bytes {
            throw SiteError(.tooLarge, "The form is larger than \(limits.bytes) bytes.")
        }
        let body = SentBody(request)
        return try await withThrowingTaskGroup(of: MultipartForm?.self) { group in
            group.addTask {
                let source = MultipartSource(body, boundary: boundary, limit: limits.bytes)
                return try await read(source, limits, store, sender, check)
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let form = first else {
                throw SiteError(.tooSlow, "The form did not arrive within \(seconds) s.")
            }
            return form
        }
    }

    private static func read(
        _ source: MultipartSource, _ limits: UploadLimits, _ store: AttachmentStore, _ sender: String,
        _ check: (Form) throws -> Void
    ) async throws -> MultipartForm {
        var form = MultipartForm()
        do {
            try await read(source, limits, store, sender, check, into: &form)
        } catch {
            form.discard()
            throw error
        }
        return form
    }

    private static func read(
        _ source: MultipartSource, _ limits: UploadLimits, _ store: AttachmentStore, _ sender: String,
        _ check: (Form) throws -> Void, into form: inout MultipartForm
    ) async throws {
        var isChecked = false
        var fields: [(String, String)] = []
        var (parts, files, fieldBytes) = (0, 0, 0)
        while case .part(let head) = try await source.next() {
            parts += 1
            guard parts <= limits.parts else { throw MultipartError.tooManyParts(limit: limits.parts) }
            guard let fileName = head.fileName else {
                var bytes: [UInt8] = []
                for try await piece in PartContent(source: source) {
                    bytes += piece
                    guard fieldBytes + bytes.count <= limits.fieldBytes else {
                        throw SiteError(.tooLarge, "The fields of the form are larger than \(limits.fieldBytes) bytes.")
                    }
                }
                fieldBytes += bytes.count
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw MultipartError.notText(field: head.name)
                }
                fields.append((head.name, text))
                continue
            }
            if !isChecked {
                try check(Form(fields))
                isChecked = true
            }
            if fileName.isEmpty {
                // A browser sends a field in which no file was chosen as a file without name and content.
                for try await _ in PartContent(source: source) {}
                continue
            }
            files += 1
            guard files <= limits.files else { throw MultipartError.tooManyFiles(limit: limits.files) }
            guard limits.keeping != .forgotten else {
                let file = try await store.spool(PartContent(source: source), limit: limits.bytes)
                form.spooled[head.name]?.file.discard()
                form.spooled[head.name] = (file, fileName)
                continue
            }
            do {
                let file = try await store.receive(PartContent(source: source), named: fileName)
                if limits.keeping == .withTheAct {
                    form.arrived[head.name, default: []].append(file)
                    form.files[head.name, default: []].append(file.attachment)
                } else {
                    form.files[head.name, default: []].append(try await store.keep(file, for: sender))
                }
            } catch AttachmentError.empty {
                form.problems[head.name] = form.problems[head.name] ?? .empty
            } catch AttachmentError.unknownType {
                form.problems[head.name] = form.problems[head.name] ?? .unknownType
            }
        }
        form.fields = Form(fields)
        if !isChecked { try check(form.fields) }
    }
}

/// The bytes of a request and the scanner over them.
private final class MultipartSource {
    private var pieces: SentBody.Iterator
    private var scanner: MultipartScanner
    private let limit: Int
    private var count = 0

    init(_ body: SentBody, boundary: String, limit: Int) {
        pieces = body.makeAsyncIterator()
        scanner = MultipartScanner(boundary: boundary)
        self.limit = limit
    }

    func next() async throws -> MultipartScanner.Event {
        while true {
            if let event = try scanner.next() { return event }
            guard let piece = try await pieces.next() else { throw MultipartError.cutOff }
            count += piece.readableBytes
            guard count <= limit else { throw SiteError(.tooLarge, "The form is larger than \(limit) bytes.") }
            scanner.take(piece.readableBytesView)
        }
    }
}

/// The content of the part that has begun.
private struct PartContent: AsyncSequence, AsyncIteratorProtocol {
    let source: MultipartSource

    func makeAsyncIterator() -> PartContent { self }

    func next() async throws -> [UInt8]? {
        guard case .content(let bytes) = try await source.next() else { return nil }
        return bytes
    }
}
