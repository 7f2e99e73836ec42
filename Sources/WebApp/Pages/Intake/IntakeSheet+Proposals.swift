import Complaints
import Intake
import Languages
import Markup
import Triage

/// The words with their evidence, and the proposals beside them as fields that can be corrected.
extension IntakeSheet {
    func drawWords(into html: inout HTML, _ view: View) {
        guard let (text, reading) = reading else { return }
        html.section(.class("panel intake-words"), .ariaLabelledBy("words-read")) { html in
            html.h2(.id("words-read"), text: view.t("intake.words"))
            html.p(.class("intake-flags")) { html in
                if let urgent = reading.urgent {
                    html.span(.class("badge \(ClockState.breached.className)")) { html in
                        html.icon(.warning)
                        html.text(view.t("intake.urgent"))
                    }
                    html.sureness(urgent.confidence, view)
                }
                if reading.again != nil { html.tag(view.t("intake.wroteBefore")) }
            }
            MarkedText(text, reading).draw(into: &html, view)
            html.p(.class("hint"), text: view.t("intake.wordsShown"))
            if reading.isPartial { html.p(.class("hint"), text: view.t("intake.partial")) }
        }
    }

    func drawProposals(into html: inout HTML, _ view: View) {
        guard let (text, reading) = reading else { return }
        func quotes(_ evidence: [ComplaintReading.Evidence]?) -> [String] {
            var seen: Set<String> = []
            return (evidence ?? []).sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
                .map { MarkedText.quote($0.bytes, of: text, reading, most: 40) }
                .filter { seen.insert($0).inserted }.prefix(4).map { $0 }
        }
        html.section(.class("panel intake-fields"), .ariaLabelledBy("proposals")) { html in
            html.h2(.id("proposals"), text: view.t("intake.proposals"))
            let natureSure = reading.elsewhere?.confidence ?? reading.nature.confidence
            html.proposal(
                "nature", "N", view.name("intakeField", IntakeField.nature), natureSure,
                quotes(reading.elsewhere?.evidence ?? reading.nature.evidence), view
            ) { html, label in
                html.select(.name("nature"), .id("nature"), .ariaLabelledBy(label), Attribute("data-letter", "KeyN")) {
                    html in
                    for nature in IntakeNature.allCases {
                        html.option(
                            .value(nature.rawValue), .selected(form["nature"] == nature.rawValue),
                            text: view.name("intakeNature", nature))
                    }
                }
            }
            // Of what is no complaint nothing else is asked.
            guard isComplaint else { return }
            html.proposal(
                "kind", "K", view.name("intakeField", IntakeField.kind), reading.kind.confidence,
                quotes(reading.kind.evidence), view, field: field(.kind, view),
                before: decidedBefore(.kind, reading, view)
            ) { html, label in
                html.div(.class("picks"), .id(field(.kind, view).id), .role("radiogroup"), .ariaLabelledBy(label)) {
                    html in
                    for kind in ComplaintKind.allCases {
                        html.pick(
                            "kind", kind.rawValue, view.name("complaintKind", kind), chosen: form["kind"],
                            letter: "KeyK")
                    }
                }
            }
            services(reading, quotes(reading.services.first?.evidence), &html, view)
            html.proposal(
                "region", "R", view.name("intakeField", IntakeField.region), reading.region?.confidence,
                quotes(reading.region?.evidence), view, field: field(.region, view)
            ) { html, label in
                html.select(
                    .name("region"), .id(field(.region, view).id), .ariaLabelledBy(label),
                    Attribute("data-letter", "KeyR")
                ) {
                    html in
                    html.option(.value(""), .selected(form["region"].isEmpty), text: view.t("filing.notSaid"))
                    for region in names.regions {
                        html.option(
                            .value(region.code), .selected(form["region"] == region.code),
                            text: region.name[view.language])
                    }
                }
                if !reading.openRegions.isEmpty {
                    let list = names.regions.filter { reading.openRegions.contains($0.code) }
                        .map { $0.name[view.language] }
                    html.p(.class("hint"), text: view.t("intake.openRegions", ["list": list.joined(separator: ", ")]))
                }
            }
            html.proposal(
                "place", "P", view.name("intakeField", IntakeField.place), reading.place?.confidence,
                quotes(reading.place?.evidence), view, field: field(.place, view)
            ) { html, label in
                html.div(.class("picks"), .id(field(.place, view).id), .role("radiogroup"), .ariaLabelledBy(label)) {
                    html in
                    for place in FilingPlace.allCases {
                        html.pick(
                            "place", place.rawValue, view.name("place", place), chosen: form["place"], letter: "KeyP")
                    }
                    html.pick("place", "", view.t("filing.notSaid"), chosen: form["place"], letter: "KeyP")
                }
            }
            blamed(reading, quotes(reading.named?.evidence), &html, view)
        }
    }

    /// Whether the fields of a complaint are asked.
    var isComplaint: Bool { IntakeNature(rawValue: form["nature"]).map { $0.closing == nil } ?? true }

    /// How often words like these were decided so; nil where none are known.
    private func decidedBefore(_ field: Precedents.Field, _ reading: ComplaintReading, _ view: View) -> String? {
        guard let voice = reading.precedents[field] else { return nil }
        let what =
            switch field {
            case .kind: ComplaintKind(rawValue: voice.value).map { view.name("complaintKind", $0) } ?? voice.value
            case .service: names.services[voice.value].map { "\(voice.value) · \($0[view.language])" } ?? voice.value
            }
        return view.t("intake.decidedBefore", count: voice.times, ["of": "\(voice.of)", "what": what])
    }

    private func services(_ reading: ComplaintReading, _ quotes: [String], _ html: inout HTML, _ view: View) {
        let own = field(.service, view)
        html.proposal(
            "service", "S", view.name("intakeField", IntakeField.service),
            reading.services.first?.confidence, quotes, view, field: own,
            before: decidedBefore(.service, reading, view)
        ) { html, label in
            html.div(.class("picks is-column"), .role("radiogroup"), .ariaLabelledBy(label)) { html in
                for (place, service) in reading.services.prefix(5).enumerated() {
                    html.pick(
                        "servicePick", service.value,
                        "\(service.value) · \(names.services[service.value]?[view.language] ?? "")",
                        chosen: form["servicePick"], digit: place + 1)
                }
                html.pick(
                    "servicePick", "none", view.t("intake.noService"), chosen: form["servicePick"], digit: 0)
            }
            html.void(
                "input",
                [
                    .type("text"), .name("service"), .id(own.id), .value(form["service"]),
                    Attribute("maxlength", 300), Attribute("list", "services"), .ariaLabelledBy(label),
                    Attribute("placeholder", view.t("intake.another")), Attribute("data-letter", "KeyS"),
                    Attribute("aria-invalid", "true").when(own.error != nil),
                ])
        }
    }

    private func blamed(_ reading: ComplaintReading, _ quotes: [String], _ html: inout HTML, _ view: View) {
        let own = field(.body, view)
        html.proposal(
            "named", "B", view.name("intakeField", IntakeField.named), reading.named?.confidence, quotes,
            view, field: own
        ) { html, label in
            html.div(.class("picks is-column"), .role("radiogroup"), .ariaLabelledBy(label)) { html in
                if let named = reading.named?.value {
                    let address = BodyAddress(named)
                    let unit = UnitNames(names).words(address.unit, view).map { " (\($0))" } ?? ""
                    html.pick(
                        "namedPick", named, (names.bodies[address.code]?[view.language] ?? named) + unit,
                        chosen: form["namedPick"], letter: "KeyB")
                }
                html.pick("namedPick", "none", view.t("intake.nobodyBlamed"), chosen: form["namedPick"], letter: "KeyB")
            }
            html.void(
                "input",
                [
                    .type("text"), .name("body"), .id(own.id), .value(form["body"]), Attribute("maxlength", 300),
                    Attribute("list", "bodies"), .ariaLabelledBy(label),
                    Attribute("placeholder", view.t("intake.another")),
                    Attribute("aria-invalid", "true").when(own.error != nil),
                ])
        }
    }
}

extension HTML {
    /// One proposal: what it is, how sure, by which words, and the control by which it is corrected.
    fileprivate mutating func proposal(
        _ name: String, _ letter: String, _ title: String, _ confidence: Double?, _ quotes: [String], _ view: View,
        field: Field? = nil, before: String? = nil, control: (inout HTML, String) -> Void
    ) {
        let label = "proposal-" + name
        let error = field?.error
        div(.class(error == nil ? "field proposal" : "field proposal has-error"), Attribute("data-refresh", "")) {
            html in
            html.p(.class("proposal-title"), .id(label)) { html in
                html.span(text: title)
                html.shortcut(letter)
                if let confidence { html.sureness(confidence, view) }
            }
            if !quotes.isEmpty {
                html.p(.class("hint"), text: quotes.map { "«\($0)»" }.joined(separator: ", "))
            }
            if let before { html.p(.class("hint"), .id(label + "-before"), text: before) }
            if let field, let error {
                html.p(.class("field-error"), .id(field.id + "-error")) { html in
                    html.icon(.warning)
                    html.text(error)
                }
            }
            control(&html, label)
        }
    }

    /// One of several values, all seen at once; with a digit that chooses it.
    fileprivate mutating func pick(
        _ name: String, _ value: String, _ label: String, chosen: String, digit: Int? = nil, letter: String? = nil
    ) {
        let id = "\(name)-\(value.isEmpty ? "none" : value)"
        div(.class("choice")) { html in
            html.input(
                .type("radio"), .id(id), .name(name), .value(value), .checked(chosen == value),
                Attribute("data-digit", optional: digit.map(\.description)), Attribute("data-letter", optional: letter))
            html.label(.for(id)) { html in
                if let digit { html.shortcut("\(digit)") }
                html.text(label)
            }
        }
    }
}
