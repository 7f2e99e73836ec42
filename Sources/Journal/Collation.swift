import Foundation
import GRDB

extension DatabaseCollation {
    /// Kazakh alphabetical order (… Г Ғ … К Қ … О Ө … У Ұ Ү … Х Һ … Ы І …), which also puts Russian words right.
    package static let kazakh = DatabaseCollation("kazakh") { left, right in
        left.compare(right, locale: Locale(identifier: "kk_KZ"))
    }
}
