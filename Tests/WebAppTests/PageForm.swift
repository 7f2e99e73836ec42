import Foundation

/// A form as a page draws it: where it goes and what it would send.
struct PageForm: Hashable {
    /// A field that is filled in by hand.
    struct Field: Hashable {
        let name: String
        /// `text`, `textarea`, `date`… as the page says.
        let kind: String
    }

    let action: String
    /// What is sent untouched: hidden fields, the first choice of lists and boxes, dates.
    let given: [String: String]
    /// What a person types.
    let typed: [Field]

    /// The address without the parts that differ from case to case, and the names of the fields.
    var shape: String {
        let path = action.split(separator: "/").map { $0.contains(where: \.isNumber) ? "#" : $0 }.joined(separator: "/")
        return path + " " + (given.keys + typed.map(\.name)).sorted().joined(separator: ",")
    }

    /// The forms of a page that change something.
    static func all(in html: String) -> [PageForm] {
        html.matches(of: /<form ([^>]*)>((?s:.*?))<\/form>/).compactMap { match in
            guard attribute("method", in: match.1) == "post", let action = attribute("action", in: match.1) else {
                return nil
            }
            var given: [String: String] = [:]
            var typed: [Field] = []
            for tag in match.2.matches(
                of: /<(input|textarea|select|button) ([^>]*)>((?s:.*?))(?=<(?:input|textarea|select|button) |$)/)
            {
                guard let name = attribute("name", in: tag.2) else { continue }
                let (kind, value) = (attribute("type", in: tag.2) ?? "text", attribute("value", in: tag.2))
                switch (tag.1, kind) {
                case ("select", _):
                    let options = tag.3.matches(of: /<option ([^>]*)>/).compactMap { attribute("value", in: $0.1) }
                    given[name] = options.first { !$0.isEmpty } ?? ""
                case ("textarea", _): typed.append(Field(name: name, kind: "textarea"))
                case (_, "text"), (_, "email"), (_, "tel"), (_, "search"), (_, "url"):
                    typed.append(Field(name: name, kind: kind))
                case (_, "file"), (_, "password"): continue
                default: if given[name] == nil { given[name] = value ?? "yes" }
                }
            }
            return PageForm(action: action, given: given, typed: typed)
        }
    }

    private static func attribute(_ name: String, in tag: Substring) -> String? {
        guard let start = (" " + tag).range(of: " \(name)=\"") else { return nil }
        let text = (" " + tag)[start.upperBound...].prefix { $0 != "\"" }
        return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}
