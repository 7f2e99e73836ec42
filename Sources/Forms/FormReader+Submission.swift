import Rulebook
import Yams

extension FormReader {
    /// Who sends the form by which day; nil where it does not say so, with a problem where what it says cannot be read.
    mutating func submission(_ fields: YAMLFields) -> FormSubmission? {
        guard let node = fields["submitted"] else { return nil }
        let submitted = YAMLFields(
            node, name: "\"submitted\"", line: node.line, keys: ["by", "covers", "to", "due", "cite"], &list)
        let due = YAMLFields(
            submitted["due"], name: "\"due\"", line: node.line, keys: ["day", "of"], &list)
        let of = due["of"]?.scalar?.string ?? ""
        guard let day = due["day"]?.int, (1...28).contains(day),
            ["month-after-the-month", "month-after-the-quarter"].contains(of)
        else {
            list.add(
                due.line,
                "\"due\" is no day that every month has: write \"{day: 10, of: month-after-the-quarter}\", with a day from 1 to 28."
            )
            return nil
        }
        let senders = (fields["tiers"]?.sequence ?? []).compactMap { node -> FormSubmission.Sender? in
            let fields = YAMLFields(
                node, name: "the tier", line: node.line, keys: ["who", "covers", "to", "due", "cite"], &list)
            guard let tier: FormSubmission.Tier = fields.choice("who", &list) else { return nil }
            let to = fields["to"]?.scalar.map { [$0.string] } ?? fields["to"]?.texts ?? []
            return FormSubmission.Sender(tier: tier, isToAgency: to.contains("agency"))
        }
        return FormSubmission(
            day: day, cite: submitted["cite"]?.scalar?.string ?? "", senders: senders)
    }
}
