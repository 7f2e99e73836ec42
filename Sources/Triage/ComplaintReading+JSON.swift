import CanonicalJSON
import Complaints
import Languages

extension ComplaintReading {
    /// The reading as the JSON interface tells it; shares are thousandths, places are UTF-8 bytes of the text.
    package var json: JSON {
        func estimate<Value>(_ estimate: Estimate<Value>?, _ value: (Value) -> JSON) -> JSON {
            guard let estimate else { return .null }
            return .object([
                "value": value(estimate.value), "confidence": Self.thousandths(estimate.confidence),
                "evidence": .array(
                    estimate.evidence.map {
                        .object([
                            "from": .int(Int64($0.bytes.lowerBound)), "to": .int(Int64($0.bytes.upperBound)),
                            "what": .string($0.what),
                        ])
                    }),
            ])
        }
        var fields: [String: JSON] = [
            "isComplaint": .bool(isComplaint),
            "nature": estimate(nature) { .string($0.rawValue) },
            "elsewhere": estimate(elsewhere) { .string($0.rawValue) },
            "kind": estimate(kind) { .string($0.rawValue) },
            "services": .array(services.map { estimate($0) { .string($0) } }),
            "region": estimate(region) { .string($0) },
            "openRegions": .array(openRegions.map { .string($0) }),
            "place": estimate(place) { .string($0) },
            "named": estimate(named) { .string($0) },
            "urgent": estimate(urgent) { .bool($0) },
            "again": estimate(again) { .bool($0) },
            "matters": .array(
                matters.map {
                    .object([
                        "from": .int(Int64($0.bytes.lowerBound)), "to": .int(Int64($0.bytes.upperBound)),
                        "service": .string($0.service),
                    ])
                }),
            "personal": .array(
                personal.map {
                    .object([
                        "kind": .string($0.kind.rawValue), "from": .int(Int64($0.bytes.lowerBound)),
                        "to": .int(Int64($0.bytes.upperBound)),
                    ])
                }),
            "addressees": .array(
                addressees.map {
                    .object([
                        "body": .string($0.body), "rule": .string($0.rule), "edition": .string($0.edition),
                        "unit": $0.unit.map(JSON.string) ?? .null, "cite": $0.cite.map(Self.words) ?? .null,
                        "why": Self.words($0.why), "confidence": Self.thousandths($0.confidence),
                    ])
                }),
            "alternatives": .array(alternatives.map(\.json)),
            "confidence": Self.thousandths(confidence),
            "isPartial": .bool(isPartial),
        ]
        if !precedents.isEmpty {
            fields["decidedBefore"] = .object(
                Dictionary(uniqueKeysWithValues: precedents.map { field, voice in (field.rawValue, voice.json) }))
        }
        return .object(fields)
    }

    private static func words(_ text: Localized) -> JSON {
        .object(["kk": .string(text.kk), "ru": .string(text.ru), "en": .string(text.en ?? text.ru)])
    }

    private static func thousandths(_ share: Double) -> JSON { .int(Int64((share * 1_000).rounded())) }

    /// The text with personal data hidden, as it may be shown.
    package func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var shown: [UInt8] = []
        var at = 0
        for span in personal {
            shown += bytes[at..<span.bytes.lowerBound]
            shown += Array("‹\(span.kind.rawValue)›".utf8)
            at = span.bytes.upperBound
        }
        shown += bytes[at...]
        return String(decoding: shown, as: UTF8.self)
    }
}

extension Precedents.Voice {
    /// What was decided, how often, of how many, and whether that is why it stands first.
    fileprivate var json: JSON {
        .object([
            "value": .string(value), "times": .int(Int64(times)), "of": .int(Int64(of)),
            "isDecisive": .bool(isDecisive),
        ])
    }
}

extension RoutingAlternative {
    /// What would have to be another, and who would answer then.
    fileprivate var json: JSON {
        let (fact, value): (String, JSON) =
            switch change {
            case .region(let code): ("region", .string(code))
            case .place(let place): ("place", .string(place))
            case .kind(let kind): ("kind", .string(kind.rawValue))
            case .named(let code): ("named", .string(code))
            case .nobodyNamed: ("named", .null)
            }
        return .object([
            "fact": .string(fact), "value": value, "body": .string(answer.body),
            "unit": answer.unit.map(JSON.string) ?? .null, "rule": .string(answer.rule),
        ])
    }
}
