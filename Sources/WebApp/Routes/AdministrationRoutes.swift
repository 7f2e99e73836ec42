import Accounts

extension Routes {
    /// Accounts and what leaves the house.
    static var administration: [Route] {
        [
            .get(.account, .signedIn, AccountPage.show),
            .post(.account, .signedIn, bodyLimit: 8_192, AccountPage.endSessions),
            .get(.recovery, .signedIn, RecoveryPage.show),
            .post(.recovery, .signedIn, bodyLimit: 8_192, RecoveryPage.make),
            .get(.tokens, .signedIn, TokensPage.show),
            .post(.tokens, .signedIn, bodyLimit: 16_384, TokensPage.change),
            .get(.accountTokens(.parameter("number")), .needs(.manageAccounts), TokensPage.show),
            .post(
                .accountTokens(.parameter("number")), .needs(.manageAccounts), bodyLimit: 16_384, TokensPage.change),
            .get(.audit, .needs(.readJournal), AuditPage.show),
            .get(.accounts, .needs(.manageAccounts), AccountsPage.show),
            .post(.accounts, .needs(.manageAccounts), bodyLimit: 16_384, AccountsPage.create),
            .get(.accountOf(.parameter("number")), .needs(.manageAccounts), AccountEditPage.show),
            .post(.accountOf(.parameter("number")), .needs(.manageAccounts), bodyLimit: 16_384, AccountEditPage.change),
            .get(.roles, .needs(.readJournal), RolesPage.show),
            .post(.machineClock, .needs(.manageSystem), bodyLimit: 16_384, HomePage.confirmClock),
            .get(.system, .needs(.manageSystem), SystemPage.show),
            .get(.deliveries, .needs(.manageSystem), DeliveriesPage.show),
            .get(.delivery(.parameter("id")), .needs(.manageSystem), DeliveryPage.show),
            .post(.delivery(.parameter("id")), .needs(.manageSystem), bodyLimit: 16_384, DeliveryPage.requeue),
        ]
    }
}
