import CardSearch
import Complaints
import Correspondence
import Forms
import Freshness
import InternalControl
import KnowledgeBase
import Reporting
import Rulebook

/// What a centre reads of law and knowledge when it starts, and never writes: one for as many centres as work by it.
package struct CentreLaw: Sendable {
    /// The folder of the law, with its calendars.
    let schedules: String
    /// The folder of cards and registers.
    let knowledge: String
    /// The terms of each kind of case.
    let rulebooks: RulebookSet
    /// The forms of reports.
    let forms: FormSet
    /// Which numbers of the bodies are held against ours.
    let reconciliation: ReconciliationRules
    /// Which body answers a complaint, in all editions.
    let routing: RoutingBook
    /// How letters are worded.
    let templates: LetterTemplates
    /// How body and applicant are told of a complaint.
    let mails: ComplaintMails
    /// How a body is asked to confirm its cards.
    let campaignMails: CampaignMails
    /// How a body is asked for its forms on internal control.
    let filingMails: FilingMails
    /// What the ledger of violations is kept by.
    let violations: ViolationRules
    /// Amounts that the law sets each year.
    let amounts: CalculationIndex
    /// How the search learns from use.
    let learning: LearningRules
    /// The words of the search.
    let words: SearchKnowledge
    /// What two cards that fit alike are told apart by.
    let choices: ChoiceTable
    /// What happens to people, with the services that follow.
    let lifeEvents: LifeEvents

    /// Reads both folders.
    /// - Parameters:
    ///   - schedules: the folder of the law.
    ///   - knowledge: the folder of cards and registers.
    /// - Throws: what is wrong with a file: its name, the line, what to do.
    package init(schedules: String, knowledge: String) throws {
        let law = ScheduleFolder(path: schedules)
        self.schedules = schedules
        self.knowledge = knowledge
        rulebooks = try law.rulebooks(knownEvents: ContactCentre.lawfulEvents)
        forms = try law.forms(measures: ReportForm.shapes)
        reconciliation = try ReconciliationRules.load(
            law, forms: forms, measures: CentreNumber.names, kindless: CentreNumber.withoutKinds)
        routing = try RoutingBook.load(folder: schedules + "/routing")
        templates = try LetterTemplates.load(folder: schedules + "/letters")
        mails = try ComplaintMails.load(schedules + "/letters/complaint-mails.yaml")
        campaignMails = try CampaignMails.load(schedules + "/letters/card-mails.yaml")
        filingMails = try FilingMails.load(schedules + "/letters/filing-mails.yaml")
        violations = try law.violationRules()
        amounts = try CalculationIndex.load(folder: schedules + "/amounts")
        learning = try LearningRules.load(folder: knowledge + "/search")
        words = try SearchKnowledge.load(folder: knowledge + "/search")
        choices = try ChoiceTable.load(folder: knowledge + "/search")
        lifeEvents = try LifeEvents.load(folder: knowledge + "/life-events")
    }
}
