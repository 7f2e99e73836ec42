import Complaints

/// What the decision rests on: that it is a complaint of ours, and who must answer.
struct DecisionBasis {
    let features: [String: Double]

    init(_ reading: ComplaintReading, lead: Double, coverage: Double) {
        var features = ["nature": reading.nature.confidence]
        if !reading.isComplaint {
            features["none"] = 1
        } else if let elsewhere = reading.elsewhere {
            features["elsewhere"] = elsewhere.confidence
        } else if let first = reading.addressees.first {
            features[first.rule] = 1
            features["region"] = reading.region?.confidence ?? 0
            if reading.named != nil {
                features["blamed"] = reading.named?.confidence ?? 0
            } else {
                features["service"] = reading.services.first?.confidence ?? 0
            }
            if first.rule == "employees-of-branch" || first.rule == "employees-of-district" {
                features["kind"] = reading.kind.confidence
            }
        }
        self.features = features
    }
}

extension ComplaintReading {
    /// Gives the first addressee the confidence of the decision and shares the rest among the others.
    mutating func settleAddressees() {
        guard !addressees.isEmpty else { return }
        var left = 1 - confidence
        for index in addressees.indices {
            addressees[index].confidence = index == 0 ? confidence : left * 0.5
            if index > 0 { left *= 0.5 }
        }
    }
}
