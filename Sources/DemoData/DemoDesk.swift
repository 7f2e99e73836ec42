import Contacts
import Languages

/// What a desk has besides cases and calls: searches without an answer, drafts, the stages of applications. All of it says
/// that it is demo data.
package enum DemoDesk {
    /// A search that found nothing, and what the operator did.
    package struct Search: Sendable {
        /// What was typed.
        package let words: String
        /// The language of the caller.
        package let language: Language
        /// How often it was typed.
        package let times: Int
        /// Whether an operator reported it as a gap.
        package let isReported: Bool
        /// What the body is to be asked; nil where no draft was written.
        package let question: String?
    }

    /// The searches of the demonstration.
    package static let searches = [
        Search(
            words: "демо шетелде туған балаға құжат", language: .kk, times: 7, isReported: true,
            question: "ДЕМО: шетелде туған балаға құжат беру тәртібі карточкада жоқ. Қажетті құжаттарды хабарлаңыз."),
        Search(
            words: "демо льготы при переезде в село", language: .ru, times: 5, isReported: true,
            question: "ДЕМО: в карточке нет порядка получения льгот при переезде в село. Просим сообщить условия."),
        Search(
            words: "демо цифрлық куәлік жоғалды", language: .kk, times: 4, isReported: true, question: nil),
        Search(words: "демо продление разрешения онлайн", language: .ru, times: 3, isReported: false, question: nil),
        Search(words: "демо кезекке тұру мерзімі", language: .kk, times: 2, isReported: false, question: nil),
    ]

    /// What operators typed and then answered with a card; from such uses the search learns.
    package static let learned = ["демо жер кезегі", "демо справка о несудимости", "демо балабақша"]

    /// A table of stages of applications, `DEMO-000001` and on; the same for the same services.
    /// - Parameters:
    ///   - services: code of the service, code of its body.
    ///   - days: the day of each stage, `2026-03-19`.
    package static func stages(_ services: [(service: String, body: String)], days: [String]) -> String {
        var lines = ["number,service,stage,date,body"]
        let stages = ApplicationStage.allCases
        for (index, entry) in services.enumerated() where !days.isEmpty {
            let number = String(1_000_001 + index).dropFirst()
            let stage = stages[index % stages.count].rawValue
            lines.append("DEMO-\(number),\(entry.service),\(stage),\(days[index % days.count]),\(entry.body)")
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// What stands before the subject of every letter of the demonstration.
    package static let mark = "ДЕМО. "

    /// What stands on a paper that only stands for one.
    package static func paper(_ title: Localized) -> (kk: String, ru: String) {
        ("ДЕМО: \(title.kk) (нақты құжат емес)", "ДЕМО: \(title.ru) (не настоящий документ)")
    }
}
