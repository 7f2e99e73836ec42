import WorkingDays

/// The cause that is proposed for each open case, with what speaks for it.
extension CaseComparison.Context {
    private var isLapse: Bool { pair.measure == "complaints.term-ran-out" }

    /// The first of some causes that may make this side larger.
    private func cause(_ side: CaseSide, _ codes: String?...) -> String? {
        codes.compactMap(\.self).first { code in
            guard let known = rules.cause(code) else { return false }
            return known.allows(side)
        }
    }

    private func day(_ name: CaseFact.Name, _ day: CivilDate?) -> CaseFact? { day.map { CaseFact(name, "\($0)") } }

    /// What is known of a complaint of ours.
    private func facts(of one: CentreCase) -> [CaseFact] {
        let facts = one.facts
        var told = [day(.filed, facts.filedOn)].compactMap(\.self)
        if facts.registeredOn != facts.filedOn { told += [day(.registered, facts.registeredOn)].compactMap(\.self) }
        if isLapse { told += [day(.due, facts.dueOn), day(.closed, facts.closedOn)].compactMap(\.self) }
        if facts.status != "open", facts.status != "answered" { told.append(CaseFact(.status, facts.status)) }
        if facts.body != body { told.append(CaseFact(.body, facts.body)) }
        if let first = facts.firstBody, first != facts.body { told.append(CaseFact(.before, first)) }
        return told
    }

    private func facts(of one: BodyCase) -> [CaseFact] {
        var told = [CaseFact(.theirDay, "\(one.filedOn)")]
        if let counted = one.countedOn { told.append(CaseFact(.counted, "\(counted)")) }
        if let source = one.source { told.append(CaseFact(.source, source.rawValue)) }
        return told
    }

    /// Both count it, in different months.
    func moved(_ pair: CaseMatching.Pair) -> OpenCase {
        let known = pair.ours.facts
        let isNextMonth = CivilMonth(known.registeredOn) != CivilMonth(known.filedOn)
        return OpenCase(
            key: "m:" + pair.theirs.own, side: .moved, theirs: pair.theirs, ours: pair.ours,
            cause: cause(
                .moved, isLapse ? "late-dating" : nil, isNextMonth ? "registration-day" : nil, "month-quarter"),
            facts: [CaseFact(.basis, pair.basis.rawValue)] + facts(of: pair.ours) + facts(of: pair.theirs))
    }

    /// The body counts what our number does not: there is the complaint, and the reason why it is not counted.
    func uncounted(_ pair: CaseMatching.Pair) -> OpenCase {
        let (known, one) = (pair.ours.facts, pair.theirs)
        var proposed: String?
        var more: [CaseFact] = []
        if known.status == "annulled" {
            proposed = pair.ours.duplicateOf == nil && !known.isDuplicate ? "annulled" : "duplicate"
            if let other = pair.ours.duplicateOf { more.append(CaseFact(.same, other)) }
        } else if !self.pair.kinds.isEmpty, !self.pair.kinds.contains(known.kind) {
            proposed = "category"
            more.append(CaseFact(.kind, known.kind))
            if let kind = one.kind { more.append(CaseFact(.theirKind, kind)) }
        } else if !covered.contains(known.body) {
            proposed = known.firstBody.map { covered.contains($0) } == true ? "transferred" : "owner-or-answerer"
        } else if isLapse {
            // Answered in time by our calendar, or late in another period.
            let isLate = known.closedOn.map { $0 > known.dueOn } ?? true
            proposed = isLate ? "late-dating" : "calendar"
        } else if !(first...last).contains(known.filedOn) {
            proposed = outside(known.filedOn, known, one)
        } else if known.status == "withdrawn" {
            proposed = "withdrawn"
        } else if let closed = known.closedOn, !(first...last).contains(closed) {
            proposed = "cut-off"
        }
        return OpenCase(
            key: "t:" + one.own, side: .theirs, theirs: one, ours: pair.ours, cause: cause(.theirs, proposed),
            facts: [CaseFact(.basis, pair.basis.rawValue)] + facts(of: pair.ours) + more + facts(of: one))
    }

    /// Why the body counts in this period what was filed with us in another.
    private func outside(_ filed: CivilDate, _ known: CauseWitness, _ one: BodyCase) -> String {
        if (first...last).contains(known.registeredOn) { return "registration-day" }
        let distance = filed < first ? filed.days(to: first) : last.days(to: filed)
        if abs(distance) <= 3, (first...last).contains(one.countedDay) { return "cut-off" }
        return filed < first && filed.year == first.year ? "cumulative" : "wrong-period"
    }

    /// The body counts what none of ours is.
    func unknown(_ one: BodyCase, _ doubles: DoubleCases) -> OpenCase {
        var more: [CaseFact] = []
        var proposed = "other-channel"
        if let same = doubles.theirs[one.own] {
            proposed = "duplicate"
            more.append(CaseFact(.same, same))
        } else if !(first...last).contains(one.countedDay) {
            let isEarlier = one.countedDay < first && one.countedDay.year == first.year
            proposed = isEarlier ? "cumulative" : "wrong-period"
        } else if let kind = one.kind, !pair.kinds.isEmpty, !pair.kinds.contains(kind) {
            proposed = "category"
            more.append(CaseFact(.theirKind, kind))
        } else if one.number != nil || one.forum != nil || one.source == .forum || one.source == .centre {
            proposed = "missing-ours"
        }
        if let number = one.number { more.append(CaseFact(.number, number)) }
        if let forum = one.forum { more.append(CaseFact(.forum, forum)) }
        return OpenCase(
            key: "t:" + one.own, side: .theirs, theirs: one, cause: cause(.theirs, proposed),
            facts: facts(of: one) + more)
    }

    /// We count what is not in the list.
    func unlisted(_ one: CentreCase, _ doubles: DoubleCases) -> OpenCase {
        let known = one.facts
        var more: [CaseFact] = []
        var proposed: String?
        if let same = doubles.ours[known.id] {
            proposed = "duplicate"
            more.append(CaseFact(.same, same))
        } else if known.status == "withdrawn" {
            proposed = "withdrawn"
        } else if isLapse {
            proposed = known.closedOn.map { $0 > last } ?? true ? "late-dating" : nil
        } else if known.filedOn <= last, known.registeredOn > last {
            proposed = "registration-day"
        } else if known.filedOn == last, known.filedHour >= 18 {
            proposed = "cut-off"
            more.append(CaseFact(.hour, "\(known.filedHour)"))
        } else if known.firstBody != nil {
            proposed = "transferred"
        } else if known.body != body {
            proposed = "hierarchy"
        } else if known.kind == "employees" {
            // Whether a complaint about employees is one about quality is the body's to say.
            proposed = "category"
            more.append(CaseFact(.kind, known.kind))
        }
        return OpenCase(
            key: "o:" + known.id, side: .ours, ours: one, cause: cause(.ours, proposed, "missing-theirs"),
            facts: facts(of: one) + more)
    }

    /// What the list and the form of the body have apart; nil where they agree.
    func rest(listed: Int) -> OpenCase? {
        guard told != listed else { return nil }
        let side: CaseSide = told > listed ? .theirs : .ours
        return OpenCase(
            key: "form", side: side, units: abs(told - listed), cause: cause(side, "their-arithmetic"),
            facts: [CaseFact(.told, "\(told)"), CaseFact(.listed, "\(listed)")])
    }
}

extension ReconciliationRules.Cause {
    /// Whether it can make this side larger; what only stands in another month makes neither.
    package func allows(_ caseSide: CaseSide) -> Bool {
        switch side {
        case .either: true
        case .theirs: caseSide == .theirs
        case .ours: caseSide == .ours
        }
    }
}
