import CardSearch
import Languages
import Registry
import WorkingDays

/// Reads from a card what it answers: each field is an answer as it stands, and what is certain in it is told apart.
struct CardAnswerReader {
    typealias Key = Card.CodingKeys

    let card: Card
    /// The cases that a text speaks of.
    let casesIn: (String) -> [ServiceCase]

    /// The answers, those for all cases before those for one.
    func all() -> [CardAnswer] {
        var answers = [fee, term].compactMap { $0 }
        answers += documents
        answers += [
            prose(.where, .place, card.place), online, prose(.hours, .schedule, card.schedule),
            prose(.eligibility, .recipients, card.recipients), list(.refusal, .refusalGrounds, card.refusalGrounds),
            prose(.result, .result, card.result), validity, prose(.complaint, .complaint, card.complaint), late,
            prose(.contacts, .contacts, card.contacts),
        ]
        .compactMap { $0 }
        return answers
    }

    private func prose(_ fact: ServiceFact, _ key: Key, _ text: CardText?) -> CardAnswer? {
        guard let text, text.text(.ru) != nil else { return nil }
        return CardAnswer(fact: fact, text: text, field: key.rawValue, isProse: true)
    }

    private func list(_ fact: ServiceFact, _ key: Key, _ list: LocalizedList?) -> CardAnswer? {
        guard let list, !list[.ru].isEmpty else { return nil }
        func joined(_ lines: [String]?) -> String? { lines.flatMap { $0.isEmpty ? nil : $0.joined(separator: "; ") } }
        return CardAnswer(
            fact: fact, text: CardText(kk: joined(list.kk), ru: joined(list.ru)), field: key.rawValue, isProse: false)
    }

    // MARK: - Fee and term

    private var fee: CardAnswer? {
        guard var answer = prose(.fee, .fee, card.fee) else { return nil }
        answer.isProse = CertainFee(card.fee) == nil
        return answer
    }

    private var term: CardAnswer? {
        guard var answer = prose(.term, .term, card.term) else { return nil }
        answer.term = CertainTerm.read(card.term)
        answer.isProse = answer.term == nil
        return answer
    }

    // MARK: - Documents

    /// What to bring: all of it, and for each case that a point names, what everybody brings and what that case does.
    private var documents: [CardAnswer] {
        guard let whole = list(.documents, .documents, card.documents) else { return [] }
        let points = pairedPoints(card.documents)
        var order: [ServiceCase] = []
        for about in points.flatMap(\.cases) where !order.contains(about) { order.append(about) }
        return [whole]
            + order.map { about in
                let own = points.filter { $0.cases.isEmpty || $0.cases.contains(about) }
                func joined(_ language: KeyPath<CardText, String?>) -> String? {
                    let lines = own.compactMap { $0.text[keyPath: language] }
                    return lines.isEmpty ? nil : lines.joined(separator: "; ")
                }
                return CardAnswer(
                    fact: .documents, about: about, text: CardText(kk: joined(\.kk), ru: joined(\.ru)),
                    field: whole.field,
                    isProse: false)
            }
    }

    private struct Point {
        let text: CardText
        let cases: [ServiceCase]
    }

    /// The points in both languages, parted where one says two things; the case stands before a dash: “if lost – …”.
    private func pairedPoints(_ list: LocalizedList?) -> [Point] {
        let (kk, ru) = (list?.kk ?? [], list?.ru ?? [])
        return (0..<max(kk.count, ru.count)).flatMap { index -> [Point] in
            let own = (kk.indices.contains(index) ? kk[index] : nil, ru.indices.contains(index) ? ru[index] : nil)
            let (left, right) = (Self.parts(own.0), Self.parts(own.1))
            guard left.count == right.count, !left.isEmpty else { return [point(own.0, own.1)] }
            return zip(left, right).map { point($0, $1) }
        }
    }

    private func point(_ kk: String?, _ ru: String?) -> Point {
        var cases: [ServiceCase] = []
        for text in [ru, kk] {
            guard cases.isEmpty, let text, let dash = text.firstRange(of: " – ") else { continue }
            cases = casesIn(String(text[..<dash.lowerBound]))
        }
        return Point(text: CardText(kk: kk, ru: ru), cases: cases)
    }

    private static func parts(_ text: String?) -> [String] {
        text.map { CardSentences.split($0, at: [";"]) } ?? []
    }

    // MARK: - Online

    /// Whether it can be done without going anywhere: told by the channels, which are certain, with the words on the place.
    private var online: CardAnswer? {
        guard let channels = card.channels?.compactMap(ServiceChannel.init(rawValue:)), !channels.isEmpty else {
            return nil
        }
        let ways = channels.compactMap { OnlineWay(rawValue: $0.rawValue) }
        func said(_ yes: String, _ no: String, _ way: KeyPath<OnlineWay, String>, _ place: String?) -> String {
            let head = ways.isEmpty ? no : yes + ": " + ways.map { $0[keyPath: way] }.joined(separator: ", ") + "."
            return place.map { head + " " + $0.prefix(1).uppercased() + $0.dropFirst() } ?? head
        }
        return CardAnswer(
            fact: .online,
            text: CardText(
                kk: said("Иә, онлайн", "Онлайн берілмейді.", \.kk, card.place?.kk),
                ru: said("Да, онлайн", "Онлайн не оказывается.", \.ru, card.place?.ru)), field: Key.place.rawValue,
            isProse: false)
    }

    /// A channel without a visit, as it is told a caller.
    private enum OnlineWay: String {
        case portal, licensing, mobile, bank, proactive

        var ru: String {
            switch self {
            case .portal: "портал egov.kz"
            case .licensing: "портал elicense.kz"
            case .mobile: "приложение eGov Mobile"
            case .bank: "приложение банка"
            case .proactive: "без заявления, по SMS"
            }
        }

        var kk: String {
            switch self {
            case .portal: "egov.kz порталы"
            case .licensing: "elicense.kz порталы"
            case .mobile: "eGov Mobile қосымшасы"
            case .bank: "банк қосымшасы"
            case .proactive: "өтінішсіз, SMS арқылы"
            }
        }
    }

    // MARK: - What has no field of its own

    private var validity: CardAnswer? {
        CardSentences.find(
            in: [
                (Key.result.rawValue, card.result), (Key.summary.rawValue, card.summary),
                (Key.term.rawValue, card.term),
            ], ru: CardSentences.validityRU, kk: CardSentences.validityKK
        )
        .map { CardAnswer(fact: .validity, text: $0.text, field: $0.field, isProse: true) }
    }

    /// What the card says of being late; where it says nothing, how to complain of a body that is.
    private var late: CardAnswer? {
        let points = pairedPoints(card.documents).map { (Key.documents.rawValue, Optional($0.text)) }
        let said = CardSentences.find(
            in: [
                (Key.summary.rawValue, card.summary), (Key.result.rawValue, card.result),
                (Key.term.rawValue, card.term),
            ]
                + points, ru: CardSentences.lateRU, kk: CardSentences.lateKK)
        if let said { return CardAnswer(fact: .late, text: said.text, field: said.field, isProse: true) }
        return prose(.late, .complaint, card.complaint)
    }
}
