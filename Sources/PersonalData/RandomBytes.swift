import Foundation

/// Random bytes fit for keys and nonces, asked of the operating system many at a time.
///
/// Sealing a million texts one by one asks several million times otherwise. Bytes are used once and never twice; a copy
/// would repeat them, so it cannot be copied.
package struct RandomBytes: ~Copyable {
    private let size: Int
    private var bytes: [UInt8] = []
    private var used = 0

    /// Bytes that are asked for `size` at a time.
    package init(atATime size: Int = 4_096) { self.size = size }

    /// The next bytes.
    package mutating func next(_ count: Int) -> ArraySlice<UInt8> {
        if used + count > bytes.count { refill(count) }
        defer { used += count }
        return bytes[used..<used + count]
    }

    private mutating func refill(_ count: Int) {
        bytes = [UInt8](repeating: 0, count: max(size, count))
        used = 0
        bytes.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < buffer.count {
                // The most that `getentropy` gives at once.
                let length = min(256, buffer.count - filled)
                guard let start = buffer.baseAddress else { return }
                if getentropy(start + filled, length) == 0 { filled += length }
            }
        }
    }
}
