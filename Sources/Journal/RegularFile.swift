import Foundation

/// Reads whole files that people hand in: never more than a limit, and no pipe, device or link that would hold us up or
/// lead elsewhere.
package enum RegularFile {
    /// Why a file is not read.
    package enum Problem: Error, Hashable, CustomStringConvertible {
        /// It is missing, or may not be read.
        case unreadable(String)
        /// It is a folder, a link, a pipe or a device.
        case notRegular(String)
        /// It is larger than the limit in bytes.
        case tooLarge(String, limit: Int)

        package var description: String {
            switch self {
            case .unreadable(let path): "\(path) cannot be read: check the name and the rights of the file."
            case .notRegular(let path): "\(path) is a folder, a link, a pipe or a device: name a file."
            case .tooLarge(let path, let limit):
                "\(path) is larger than \(limit) bytes: split it, or hand in the right file."
            }
        }
    }

    /// The bytes of a file.
    /// - Parameters:
    ///   - limit: in bytes.
    ///   - followsLinks: whether a link is read as the file that it leads to; for a file that a person named, not for one
    ///     that lay in a folder.
    /// - Throws: `Problem`.
    package static func bytes(at path: String, upTo limit: Int, followsLinks: Bool) throws(Problem) -> [UInt8] {
        let real = followsLinks ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: real)
        } catch {
            throw .unreadable(path)
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notRegular(path) }
        if let size = attributes[.size] as? NSNumber, size.int64Value > Int64(limit) {
            throw .tooLarge(path, limit: limit)
        }
        guard let handle = FileHandle(forReadingAtPath: real) else { throw .unreadable(path) }
        do {
            let data = try handle.read(upToCount: limit + 1) ?? Data()
            try handle.close()
            // It may have grown since it was looked at.
            guard data.count <= limit else { throw Problem.tooLarge(path, limit: limit) }
            return Array(data)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .unreadable(path)
        }
    }
}
