import Foundation

/// A form as a browser would send it untouched: what is hidden, typed, ticked and chosen on the page.
enum DrawnForm {
    /// The fields of the form that is sent to an address; nil where the page has none.
    static func fields(_ html: String, to action: String) -> [String: String]? {
        guard
            let form = html.matches(of: /<form ([^>]*)>((?s:.*?))<\/form>/).first(where: {
                value("action", in: $0.1) == action && value("method", in: $0.1) == "post"
            })
        else { return nil }
        let body = form.2
        var fields: [String: String] = [:]
        for tag in body.matches(of: /<(input|select|textarea) ([^>]*)>/) {
            guard let name = value("name", in: tag.2) else { continue }
            let rest = body[tag.range.upperBound...]
            switch tag.1 {
            case "select":
                let options = rest.prefix(upTo: rest.range(of: "</select>")?.lowerBound ?? rest.endIndex)
                    .matches(of: /<option ([^>]*)>/)
                let chosen = options.first { (" " + $0.1 + " ").contains(" selected ") } ?? options.first
                fields[name] = chosen.flatMap { value("value", in: $0.1) } ?? ""
            case "textarea":
                let text = rest.prefix(upTo: rest.range(of: "</textarea>")?.lowerBound ?? rest.endIndex)
                fields[name] = plain(text.hasPrefix("\n") ? text.dropFirst() : text)
            default:
                let kind = value("type", in: tag.2) ?? "text"
                if kind == "radio" || kind == "checkbox" {
                    guard (" " + tag.2 + " ").contains(" checked ") else { continue }
                }
                fields[name] = value("value", in: tag.2) ?? ""
            }
        }
        return fields
    }

    private static func value(_ name: String, in tag: Substring) -> String? {
        guard let start = (" " + tag).range(of: " \(name)=\"") else { return nil }
        return plain((" " + tag)[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func plain(_ text: some StringProtocol) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}
