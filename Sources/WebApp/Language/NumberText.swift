import Languages

/// Numbers as they are written in Kazakhstan: groups of three parted by a no-break space, a comma before the fraction.
package enum NumberText {
    private static let space: Character = "\u{A0}"

    /// A whole number: `1 234 567`. Numbers below ten thousand that name something (a year) should not come here.
    package static func whole(_ number: Int) -> String {
        let digits = String(number.magnitude)
        guard digits.count > 3 else { return number < 0 ? "−" + digits : digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(space) }
            text.append(digit)
        }
        return number < 0 ? "−" + text : text
    }

    /// A number given in thousandths, rounded half away from zero to one digit after the comma: 12 345 is `12,3`.
    package static func tenths(ofThousandths number: Int, _ language: Language) -> String {
        let tenths = (number.magnitude + 50) / 100
        let sign = number < 0 && tenths > 0 ? "−" : ""
        let comma = language == .en ? "." : ","
        return sign + whole(Int(tenths / 10)) + comma + String(tenths % 10)
    }

    /// A share in percent, rounded to whole percents; nil where there is nothing to take a share of.
    package static func percent(_ part: Int, of whole: Int) -> String? {
        guard whole > 0 else { return nil }
        return "\((part * 200 + whole) / (whole * 2))\(space)%"
    }
}
