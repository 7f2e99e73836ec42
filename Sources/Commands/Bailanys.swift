import ArgumentParser

extension Bailanys {
    /// All commands, in the order of the help.
    static let all: [any ParsableCommand.Type] = [
        ServeCommand.self, ClockCommand.self, ReportCommand.self, DeliveriesCommand.self, PlanCommand.self,
        RequestsCommand.self, ComplaintsCommand.self, LettersCommand.self, StagesCommand.self, DemoCommand.self,
        SearchCommand.self, CardsCommand.self, RegistryCommand.self, CalendarCommand.self, RulebookCommand.self,
        JournalCommand.self, AccountsCommand.self, AgencyCommand.self,
    ]
}
