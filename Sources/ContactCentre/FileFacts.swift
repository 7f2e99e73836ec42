// Which module `stat` and `timespec` belong to depends on which files are compiled together: all are named.
import CoreFoundation
import Dispatch
import Foundation

/// What lies at a path, for those who are about to read or write there.
package enum FileFacts {
    /// Whether a folder lies there, through links too.
    package static func isFolder(_ path: String) -> Bool {
        var found = stat()
        return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether anything has the name already, a link that leads nowhere included.
    package static func isTaken(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0
    }

    /// The bytes of a file that will be read; nil for the standard input, a pipe, or what is not there, which opening it
    /// will say.
    package static func size(ofFile path: String) -> Int64? {
        var found = stat()
        guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(found.st_size)
    }
}
