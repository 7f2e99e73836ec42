import Foundation

/// A file's name made harmless: no folders, no control or reordering characters, an ending that fits the content.
enum AttachmentName {
    /// How long a name may be, in bytes of UTF-8, its ending included.
    static let limit = 180

    static func clean(_ name: String, for type: AttachmentType) -> String {
        let last = name.precomposedStringWithCanonicalMapping.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars where !isHidden(scalar) {
            scalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        var stem = String(scalars).trimmingCharacters(in: .whitespaces)
        stem = String(stem.drop { $0 == "." || $0 == " " })
        var ending = type.endings[0]
        if let dot = stem.lastIndex(of: ".") {
            let own = stem[stem.index(after: dot)...].lowercased()
            if type.endings.contains(own) {
                ending = own
                stem = String(stem[..<dot])
            }
        }
        while stem.utf8.count + ending.utf8.count + 1 > limit { stem.removeLast() }
        stem = stem.trimmingCharacters(in: .whitespaces)
        return (stem.isEmpty ? "file" : stem) + "." + ending
    }

    /// Control characters, and those that turn the reading direction so that a name reads as another.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
