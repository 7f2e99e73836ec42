import ArgumentParser

extension Bailanys {
    /// All commands, in the order of the help.
    static let all: [any ParsableCommand.Type] = [
        ServeCommand.self, ClockCommand.self, ViolationsCommand.self, ReportCommand.self, DeliveriesCommand.self,
        PlanCommand.self,
        RequestsCommand.self, ComplaintsCommand.self, ForumCommand.self, PersonsCommand.self, LettersCommand.self,
        StagesCommand.self, ApplicationsCommand.self,
        DemoCommand.self,
        SearchCommand.self, TriageCommand.self, FilingsCommand.self, DiscrepanciesCommand.self, CardsCommand.self,
        RegistryCommand.self,
        CalendarCommand.self,
        RulebookCommand.self,
        JournalCommand.self, BackupCommand.self, VerifyBackupCommand.self, RestoreCommand.self, DrillCommand.self,
        BackupKeyCommand.self, VerifyCommand.self, DoctorCommand.self, ConfigCommand.self, AccountsCommand.self,
        AgencyCommand.self,
    ]
}
